# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the commands in scripts/ share: messages, the Swift that is needed, the system packages. Sourced, not run.

# The system packages that building the targets takes, by their Debian names. This is the only list.
system_packages=(
  git                  # SwiftPM fetches dependencies with it
  pkg-config           # SwiftPM asks it where system libraries are
  libsqlite3-dev       # LocalBackend, by GRDB
  libpq-dev            # PostgresBackend
  libcurl4-openssl-dev # RemoteEmbeddings
)

# The oldest Swift that builds the package: the tools version in Package.swift.
oldest_swift=6.1

# Where this package is, and where its products for the processor at hand are.
package_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034  # the scripts use it
native_products=$package_root/.build/native/release

# What makes the compiler use all that the processor at hand has. Only x86-64 has a baseline that is far from it.
case "$(uname -m)" in
  x86_64) native_flags=(-Xcc -march=native) ;;
  *) native_flags=() ;;
esac

say() { printf '==> %s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# wrong_usage MESSAGE: for an argument that is not understood.
wrong_usage() {
  printf "%s: %s\nTry '%s --help'.\n" "${0##*/}" "$*" "$0" >&2
  exit 2
}

# print_help SCRIPT: the comment block at the head of a command is its help.
print_help() { awk 'NR > 2 && !/^#/ { exit } NR > 2 { sub(/^# ?/, ""); print }' "$1"; }

# on_exit COMMAND…: runs it when the script ends, whatever ends it; the last one first. Bash runs the trap for INT and TERM too.
exit_commands=()
on_exit() {
  exit_commands+=("$(printf '%q ' "$@")")
  trap run_exit_commands EXIT
}

run_exit_commands() {
  local count=${#exit_commands[@]}
  while [ "$count" -gt 0 ]; do
    count=$((count - 1))
    eval "${exit_commands[count]}" || true
  done
  exit_commands=()
}

# as_root COMMAND…: through sudo where the user is not root.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs root or sudo to run: $*"
  fi
}

# install_packages NAME…: installs those Debian packages that are missing. On a system without apt-get it names them and goes on,
# since the libraries may be there under other names.
install_packages() {
  local package missing=()
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "not Debian or Ubuntu: install what matches these Debian packages, if it is missing: $*"
    return 0
  fi
  for package in "$@"; do
    case "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" in
      'install ok installed') ;;
      *) missing+=("$package") ;;
    esac
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say "system packages: all there ($*)"
    return 0
  fi
  say "installing system packages: ${missing[*]}"
  as_root apt-get update -q >&2 || fail "'apt-get update' failed"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2 ||
    fail "could not install: ${missing[*]}"
}

# python_venv FOLDER REQUIREMENTS: a virtual environment with these packages; made once, and again when the list changes.
python_venv() {
  local list=$1/installed-requirements.txt
  if [ -f "$list" ] && cmp -s "$2" "$list"; then return 0; fi
  python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3 python3-venv
  python3 -m venv "$1" || return 1
  "$1/bin/python" -m pip install --quiet --disable-pip-version-check -r "$2" >&2 || return 1
  cp "$2" "$list"
}

# require_swift: ends with a message where Swift is missing or too old.
require_swift() {
  local version
  command -v swift >/dev/null || fail "Swift $oldest_swift or newer is needed and not in PATH: https://www.swift.org/install/"
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+(\.[0-9]+)*).*/\1/p' | head -n 1)
  [ -n "$version" ] || fail "'swift --version' does not say its version; Swift $oldest_swift or newer is needed"
  if [ "$(printf '%s\n%s\n' "$oldest_swift" "$version" | sort -V | head -n 1)" != "$oldest_swift" ]; then
    fail "Swift $version is too old; $oldest_swift or newer is needed: https://www.swift.org/install/"
  fi
  say "Swift $version"
}

# set_up: everything that a fresh machine needs before 'swift build'.
set_up() {
  install_packages "${system_packages[@]}"
  require_swift
}

# build_native PRODUCT: builds a product, optimised for the processor at hand, into $native_products.
build_native() {
  say "building $1 for this processor"
  swift build --package-path "$package_root" --scratch-path "$package_root/.build/native" -c release \
    ${native_flags[@]+"${native_flags[@]}"} --product "$1" >&2
}
