#!/bin/sh
# As in the official image: options alone are for redis-server, which runs as user redis, without protected mode.
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then
  set -- redis-server "$@"
fi
if [ "$1" = redis-server ]; then
  shift
  # Before the caller's options, so that they win; after a configuration file, which Redis wants first.
  case ${1:--} in
    -v | --version | -h | --help | --test-memory | --check-system) set -- redis-server "$@" ;;
    -*) set -- redis-server --protected-mode no "$@" ;;
    *)
      config=$1
      shift
      set -- redis-server "$config" --protected-mode no "$@"
      ;;
  esac
  if [ "$(id -u)" = 0 ]; then
    find . \! -user redis -exec chown redis '{}' +
    set -- setpriv --reuid=redis --regid=redis --clear-groups -- "$@"
  fi
fi
umask 0077
exec "$@"
