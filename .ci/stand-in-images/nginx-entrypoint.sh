#!/bin/sh
# As in the official image: runs what it is given.
set -e
exec "$@"
