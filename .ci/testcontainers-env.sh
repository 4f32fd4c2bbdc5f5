# shellcheck shell=bash
# Sourced: what Testcontainers must be told on a machine that can pull no image.

# Its resource reaper is an image of its own; containers-down.sh does that work here.
export TESTCONTAINERS_RYUK_DISABLED=true
# Where /.dockerenv exists it takes the engine to be on another host, and pulls an image to find out where.
export TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
