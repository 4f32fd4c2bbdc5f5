#!/usr/bin/env bash
# Stops the container engine that containers-up.sh started for this state directory, with everything in it. An engine that
# was running before stays as it is. Can be run again at any time.
#
#   containers-down.sh [STATE_DIRECTORY]     (or CI_STATE; default /tmp/ws-perf-ci)
#
# The images stay in the state directory, for the next containers-up.sh; delete the directory to be rid of them.
set -euo pipefail
exec </dev/null

ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=$(realpath --canonicalize-missing "${1:-${CI_STATE:-/tmp/ws-perf-ci}}")
# shellcheck source=step.sh
. "$ci/step.sh"
# shellcheck source=engine.sh
. "$ci/engine.sh"

remove_containers() {
  local ids
  mapfile -t ids < <(timeout 20 docker --host "unix://$socket" ps --all --quiet)
  ((${#ids[@]} == 0)) || timeout 60 docker --host "unix://$socket" rm --force --volumes "${ids[@]}"
  mapfile -t ids < <(timeout 20 docker --host "unix://$socket" network ls --quiet --filter type=custom)
  ((${#ids[@]} == 0)) || timeout 60 docker --host "unix://$socket" network rm "${ids[@]}"
}

stop_engine() { # PID
  kill "$1"
  wait_until_gone 30 "$1" || kill -KILL "$1"
}

wait_until_gone() { # SECONDS PID
  local deadline=$((SECONDS + $1))
  while kill -0 "$2" 2>/dev/null; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# The ids of containerd and its shims; their command lines name the engine's own directory.
engine_children() {
  local directory
  for directory in /proc/[0-9]*; do
    if tr '\0' ' ' 2>/dev/null <"$directory/cmdline" | grep -qF "$exec_root/"; then echo "${directory#/proc/}"; fi
  done
}

# Only after an engine that was killed is anything left: a shim's own children are the container.
kill_leftovers() {
  local pid
  for pid in $(engine_children); do
    # shellcheck disable=SC2046 # a list of ids
    kill -KILL $(cat "/proc/$pid/task/"*/children 2>/dev/null) "$pid" 2>/dev/null || true
    wait_until_gone 5 "$pid"
  done
}

mounts() {
  awk -v state="$state/" 'index($2, state) == 1 { print $2 }' /proc/self/mounts | sort --reverse
}

unmount_leftovers() {
  local mount
  mounts | while read -r mount; do umount --lazy "$mount"; done
  [[ -z $(mounts) ]]
}

restore_network() {
  if [[ -e /sys/class/net/docker0 ]]; then ip link delete docker0; fi
  iptables-restore <"$state/iptables-before"
  cat "$state/ip-forward-before" >/proc/sys/net/ipv4/ip_forward
  rm "$state/iptables-before" "$state/ip-forward-before"
}

if [[ ! -e $state/ip-forward-before ]]; then
  echo "container engine: none was started for $state"
  exit 0
fi
lock_engine
if pid=$(own_dockerd); then
  step 'remove containers and networks' remove_containers
  step 'stop container engine' stop_engine "$pid"
fi
step 'end what the engine left running' kill_leftovers
step 'unmount what the engine left mounted' unmount_leftovers
rm -rf "$pid_file" "$exec_root" "$socket"
step 'restore firewall and forwarding' restore_network
