#!/usr/bin/env bash
# Starts the databases that the tests talk to, where they are not running yet: PostgreSQL on 5432 (user postgres, trust)
# and MariaDB on 3306 (root, no password), and Redis on 6379, all on 127.0.0.1 only. Debian and Ubuntu; needs root (or sudo) to install.
set -euo pipefail

sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

wait_for() { # port, name
  for _ in $(seq 60); do listening "$1" && return; sleep 1; done
  echo "$2 did not start on 127.0.0.1:$1" >&2
  exit 1
}

installed_apt_lists=""
install() {
  [ -n "$installed_apt_lists" ] || $sudo apt-get update -qq
  installed_apt_lists=1
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if ! listening 5432; then
  echo "Starting PostgreSQL …"
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || install postgresql
  bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)")
  $sudo service postgresql stop >/dev/null 2>&1 || true
  data=$(mktemp -d)
  $sudo chown postgres "$data"
  $sudo su postgres -c "$bin/initdb -D $data/db -A trust -E UTF8 --locale=C.UTF-8 -U postgres >/dev/null && $bin/pg_ctl -D $data/db -w -l $data/log -o '-p 5432 -c listen_addresses=127.0.0.1 -c unix_socket_directories=$data' start >/dev/null"
  wait_for 5432 PostgreSQL
fi

if ! listening 3306; then
  echo "Starting MariaDB …"
  command -v mariadbd >/dev/null || install mariadb-server
  $sudo service mariadb stop >/dev/null 2>&1 || true
  data=$(mktemp -d)
  $sudo chown mysql "$data"
  $sudo mariadb-install-db --user=mysql --datadir="$data/db" --auth-root-authentication-method=normal >/dev/null
  $sudo mariadbd --no-defaults --user=mysql --datadir="$data/db" --socket="$data/mariadb.sock" --port=3306 --bind-address=127.0.0.1 >"$data.log" 2>&1 &
  wait_for 3306 MariaDB
fi

if ! listening 6379; then
  echo "Starting Redis …"
  command -v redis-server >/dev/null || install redis-server
  redis-server --bind 127.0.0.1 --port 6379 --save '' --appendonly no --daemonize yes >/dev/null
  wait_for 6379 Redis
fi
