# shellcheck shell=bash
# Sourced: one line per step with its seconds; a step that fails shows its output and ends the script.

seconds_since() { # MICROSECONDS, an earlier ${EPOCHREALTIME/./}
  local elapsed=$((${EPOCHREALTIME/./} - $1))
  printf '%d.%d' $((elapsed / 1000000)) $((elapsed / 100000 % 10))
}

step() { # NAME COMMAND...
  local name=$1 started=${EPOCHREALTIME/./} output status
  shift
  output=$(mktemp)
  # Not inside `if`: there, bash would ignore `set -e` within the step.
  set +e
  (
    set -e
    "$@"
  ) >"$output" 2>&1
  status=$?
  set -e
  if ((status == 0)); then
    printf '%-44s %6s s\n' "$name" "$(seconds_since "$started")"
  else
    tail -n 60 "$output" >&2
    printf '%-44s %6s s  FAILED (exit code %d)\n' "$name" "$(seconds_since "$started")" "$status" >&2
  fi
  rm -f "$output"
  ((status == 0)) || exit 1
}
