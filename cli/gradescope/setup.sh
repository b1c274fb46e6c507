#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image. It brings what the image lacks: Node, the
# compiler's program, bubblewrap; and closes the folder to everybody else. What is there already is not fetched.
#
# GRADESCOPE_ROOT       another folder than the one above this file's
# NODE_FOLDER           where Node goes, out of the closed folder: the users that run students' code need it
# NPM_CONFIG_REGISTRY   another registry of npm packages
set -euo pipefail

source="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="${GRADESCOPE_ROOT:-$(dirname "$source")}"
node_folder="${NODE_FOLDER:-/opt/retroprop-node}"
registry="${NPM_CONFIG_REGISTRY:-https://registry.npmjs.org}"

main() {
  install_packages
  find_or_fetch_node
  find_or_fetch_esbuild
  chmod 700 "$root" "$source"
  "$(cat "$source/node-path")" "$source/grader/dist/cli/gradescope/main.js" --check ||
    say "students' code cannot be isolated while the image is built; if it cannot be either when it runs, nothing is graded"
}

say() { echo "setup.sh: $*"; }

# The name of this machine's processor in npm's packages.
processor() {
  case "$(uname -m)" in
    x86_64) echo x64 ;;
    aarch64 | arm64) echo arm64 ;;
    *) say "no Node for $(uname -m)" >&2; exit 1 ;;
  esac
}

# curl to fetch with; bubblewrap and prlimit isolate. Without the network, what is there must do.
install_packages() {
  local missing=()
  command -v curl >/dev/null || missing+=(curl ca-certificates)
  command -v bwrap >/dev/null || missing+=(bubblewrap)
  command -v prlimit >/dev/null || missing+=(util-linux)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "without ${missing[*]}: they need root and apt-get"
    return 0
  fi
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } ||
    say "apt-get could not install ${missing[*]}"
}

is_new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

find_or_fetch_node() {
  local node
  node="$(command -v node || true)"
  if [ -z "$node" ] || ! is_new_enough "$node"; then
    fetch "node-linux-$(processor)" "$node_folder"
    node="$node_folder/bin/node"
    chmod -R a+rX "$node_folder"
  fi
  is_new_enough "$node" || { say "$node does not run" >&2; exit 1; }
  echo "$node" >"$source/node-path"
  say "Node $("$node" --version) at $node"
}

find_or_fetch_esbuild() {
  local name
  name="@esbuild/linux-$(processor)"
  local folder="$source/grader/node_modules/$name"
  [ -e "$folder/bin/esbuild" ] || fetch "$name" "$folder"
  chmod +x "$folder/bin/esbuild"
}

# fetch PACKAGE FOLDER: the version of packages.txt, and no other bytes.
fetch() {
  local version digest archive
  version="$(awk -v name="$1" '$1 == name { print $2 }' "$source/packages.txt")"
  digest="$(awk -v name="$1" '$1 == name { print $3 }' "$source/packages.txt")"
  archive="$(mktemp)"
  say "fetching $1 $version"
  curl --fail --silent --show-error --location --retry 3 --output "$archive" \
    "${registry%/}/$1/-/${1##*/}-$version.tgz"
  echo "$digest  $archive" | sha512sum --check --quiet || { say "$1 is not what it should be" >&2; exit 1; }
  mkdir -p "$2"
  tar -xzf "$archive" -C "$2" --strip-components=1 --no-same-owner
  rm "$archive"
}

main
