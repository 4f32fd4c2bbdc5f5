#!/usr/bin/env bash
# Makes containers work on this machine: packages (a browser for the tests among them), a container engine, and stand-ins
# for the public base images.
# Does only what is missing, so it can be run again at any time; containers-down.sh stops what it started.
#
#   containers-up.sh [--without-node-image] [STATE_DIRECTORY]     (or CI_STATE; default /tmp/ws-perf-ci)
#
# --without-node-image: for a run beside `npm ci`, which brings the Node binary that the image is made of.
set -euo pipefail
exec </dev/null

ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
with_node_image=yes
if [[ ${1:-} == --without-node-image ]]; then
  with_node_image=no
  shift
fi
state=$(realpath --canonicalize-missing "${1:-${CI_STATE:-/tmp/ws-perf-ci}}")
mkdir -p "$state"
# shellcheck source=step.sh
. "$ci/step.sh"
# shellcheck source=engine.sh
. "$ci/engine.sh"

install_packages() { # PACKAGE...
  local policy=/usr/sbin/policy-rc.d
  # The packages' services stay down: the engine is started here, and tests start their own Redis.
  if [[ ! -e $policy ]]; then
    # shellcheck disable=SC2064 # the path is expanded now, on purpose
    trap "rm -f $policy" EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  timeout 120 apt-get -o DPkg::Lock::Timeout=60 update
  timeout 240 apt-get -o DPkg::Lock::Timeout=60 install -y --no-install-recommends "$@"
}

# The names that perf/reports/html/testing/find-browser.ts looks for.
find_browser() {
  [[ -n ${PERF_BROWSER:-} ]] ||
    command -v chromium chromium-browser google-chrome google-chrome-stable chrome >/dev/null
}

# Prints the packages whose command is not on this machine.
missing_packages() {
  local wanted=(mmdebstrap:mmdebstrap redis-server:redis-server nginx:nginx-light promtool:prometheus faketime:faketime) entry
  find_browser || wanted+=(chromium:chromium)
  engine_answers || wanted+=(docker:docker.io dockerd:docker.io iptables:iptables)
  for entry in "${wanted[@]}"; do
    command -v "${entry%%:*}" >/dev/null || echo "${entry#*:}"
  done | sort -u
}

# Recorded for containers-down.sh, as the engine rewrites both.
record_network() {
  cat /proc/sys/net/ipv4/ip_forward >"$state/ip-forward-before"
  {
    # iptables-save leaves out a table that nobody has used: without these lines it would not be emptied again.
    printf '%s\n' '*filter' ':INPUT ACCEPT' ':FORWARD ACCEPT' ':OUTPUT ACCEPT' COMMIT
    printf '%s\n' '*nat' ':PREROUTING ACCEPT' ':INPUT ACCEPT' ':OUTPUT ACCEPT' ':POSTROUTING ACCEPT' COMMIT
    iptables-save
  } >"$state/iptables-before"
}

start_engine() {
  local driver
  if [[ -n ${DOCKER_HOST:-} ]]; then
    echo "DOCKER_HOST is set ($DOCKER_HOST), but no container engine answers there." >&2
    return 1
  fi
  rm -rf "$pid_file" "$exec_root" # left by an engine that was killed
  record_network
  for driver in overlay2 vfs; do
    setsid dockerd --pidfile "$pid_file" --data-root "$data_root" --exec-root "$exec_root" \
      --host "unix://$socket" --storage-driver "$driver" --log-level warn \
      </dev/null >"$state/dockerd-$driver.log" 2>&1 9>&- &
    if wait_for_engine $!; then return; fi
    echo "dockerd with storage driver $driver:"
    tail -n 20 "$state/dockerd-$driver.log"
  done
  return 1
}

wait_for_engine() { # PID
  local deadline=$((SECONDS + 60))
  while kill -0 "$1" 2>/dev/null; do
    if engine_answers; then return; fi
    if ((SECONDS > deadline)); then
      echo 'no answer from dockerd within 60 s'
      kill "$1"
      wait "$1" || true
      return 1
    fi
    sleep 0.2
  done
  return 1
}

lock_engine

mapfile -t packages < <(missing_packages)
((${#packages[@]} == 0)) || step "install ${packages[*]}" install_packages "${packages[@]}"

if engine_answers; then
  own_dockerd >/dev/null && echo 'container engine: already started here' || echo 'container engine: one answers already, used as it is'
else
  step 'start container engine' start_engine
  docker info --format '  docker {{.ServerVersion}}, {{.Driver}}, cgroup v{{.CgroupVersion}}, data in {{.DockerRootDir}}'
fi

CI_STATE=$state "$ci/stand-in-images.sh" redis
CI_STATE=$state "$ci/stand-in-images.sh" nginx
[[ $with_node_image == no ]] || CI_STATE=$state "$ci/stand-in-images.sh" node
