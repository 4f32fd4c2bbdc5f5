#!/usr/bin/env bash
# Makes a stand-in for a public base image out of Debian's packages, under the name that the code uses, where no image can
# be pulled. An image that is there already is kept: a pulled one as it is, a stand-in while its recipe is the same.
#
#   CI_STATE=DIRECTORY stand-in-images.sh redis|nginx|node
#
# CI_NODE_BINARY: the Node 24 that the node image is made of (default: the one that `npm ci` installs).
set -euo pipefail

ci=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=${CI_STATE:?the directory for the base archive}
base=$state/bookworm-2.tar
label=ws-perf-gate.stand-in
# shellcheck source=step.sh
. "$ci/step.sh"

redis_image() {
  ensure_image redis:7-bookworm redis-server '' \
    'CMD ["redis-server"]' 'EXPOSE 6379' 'WORKDIR /data' 'VOLUME /data'
}

nginx_image() {
  ensure_image nginx:1-bookworm nginx '' 'CMD ["nginx", "-g", "daemon off;"]' 'EXPOSE 80'
}

node_image() {
  local node=${CI_NODE_BINARY:-$ci/../node_modules/node/bin/node} version
  version=$("$node" --version) || {
    echo "no Node binary for the image at $node: run npm ci first" >&2
    exit 1
  }
  [[ $version == v24.* ]] || {
    echo "the node image wants Node 24, but $node is $version" >&2
    exit 1
  }
  ensure_image node:24-bookworm-slim node "$node" 'CMD ["node"]' "ENV NODE_VERSION=${version#v}"
}

ensure_image() { # IMAGE COMMAND FILE-OR-NOTHING CHANGE...
  local recipe
  recipe=$(cat "${BASH_SOURCE[0]}" "$ci"/stand-in-images/* <(echo "${@:4}") | sha256sum | cut -c1-16)
  if is_current "$1" "$recipe"; then
    echo "image $1: already there"
    return
  fi
  [[ -e $base ]] || step 'build base of the images' build_base
  step "import image $1" import_image "$recipe" "$@"
}

is_current() { # IMAGE RECIPE
  local found
  found=$(docker image inspect --format "{{index .Config.Labels \"$label\"}}" "$1" 2>/dev/null) || return 1
  [[ -z $found || $found == "$2" ]] # without the label it is the public image itself
}

# One archive for all images: it holds what Redis, nginx and the Node binary link to.
build_base() {
  # shellcheck disable=SC2016 # it is mmdebstrap that expands $1, the new root
  TMPDIR=$state timeout 240 mmdebstrap --variant=essential --include=libstdc++6,redis-server,nginx-light,util-linux \
    --aptopt='Acquire::Languages "none"' --dpkgopt=force-unsafe-io \
    --customize-hook='rm -rf "$1"/usr/share/doc/* "$1"/usr/share/man/* "$1"/usr/share/info/* "$1"/usr/share/locale/*' \
    --customize-hook='chroot "$1" useradd --uid 1000 --create-home --shell /bin/bash node' \
    --customize-hook='chroot "$1" install -d -o redis -g redis /data' \
    bookworm "$base.partial.tar"
  mv "$base.partial.tar" "$base"
}

# Imports the base with an entrypoint (and FILE) added to its /usr/local/bin. It gets its name once COMMAND has run in it.
import_image() { # RECIPE IMAGE COMMAND FILE-OR-NOTHING CHANGE...
  local recipe=$1 image=$2 command=$3 file=$4 stage change id version_option=--version
  shift 4
  stage=$(mktemp -d "$state/image.XXXXXX")
  # shellcheck disable=SC2064 # the path is expanded now, on purpose
  trap "rm -rf '$stage'" EXIT
  install -D -m 755 "$ci/stand-in-images/$command-entrypoint.sh" "$stage/usr/local/bin/docker-entrypoint.sh"
  [[ -z $file ]] || install -m 755 "$file" "$stage/usr/local/bin/$command"
  cp "$base" "$stage/image.tar"
  # Files only: the engine refuses an archive that names a directory twice.
  (cd "$stage" && find usr -type f -exec tar --append --file image.tar --owner=0 --group=0 {} +)
  local options=(--change "LABEL $label=$recipe" --change 'ENTRYPOINT ["docker-entrypoint.sh"]')
  for change in "$@"; do options+=(--change "$change"); done
  id=$(timeout 120 docker import "${options[@]}" "$stage/image.tar")
  [[ $command != nginx ]] || version_option=-v
  timeout 60 docker run --rm --network none "$id" "$command" "$version_option"
  docker tag "$id" "$image"
}

case ${1:-} in
  redis) redis_image ;;
  nginx) nginx_image ;;
  node) node_image ;;
  *)
    echo "stand-in-images.sh redis|nginx|node, not: ${1:-}" >&2
    exit 2
    ;;
esac
