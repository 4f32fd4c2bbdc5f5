# shellcheck shell=bash
# Sourced with `state` set: where our own container engine lives, and whether it runs.

# shellcheck disable=SC2154,SC2034 # state is set by the script that sources this file, and the paths are used there
pid_file=$state/dockerd.pid exec_root=$state/exec data_root=$state/data
# shellcheck disable=SC2034
socket=/var/run/docker.sock

# Up and down exclude each other, whatever their state directories: they share one socket and one bridge.
lock_engine() {
  exec 9>/tmp/ws-perf-gate-engine.lock
  flock --wait 300 9 || {
    echo 'another containers-up.sh or containers-down.sh has held the lock for 300 s' >&2
    exit 1
  }
}

engine_answers() {
  timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1
}

# Prints the id of the dockerd that was started for this state directory, or fails when it no longer runs.
own_dockerd() {
  local pid
  pid=$(cat "$pid_file" 2>/dev/null) || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "--pidfile $pid_file" || return 1
  echo "$pid"
}
