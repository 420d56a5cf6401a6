# shellcheck shell=bash
# What the scripts beside this one share: they check one thing after the other in a folder that goes with them, and stop at the first that
# is not as it should be.
# shellcheck disable=SC2034 # used by those scripts
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
work=$(mktemp -d)
passed=0
# Seconds between two looks at what is waited for.
pause=0.02

ok() {
    passed=$((passed + 1))
    echo "ok: $*"
}

# What other programs said is in $work/*.log.
fail() {
    trap - ERR
    echo "failed: $*" >&2
    for log in "$work"/*.log; do
        [ -s "$log" ] || continue
        echo "--- the end of $(basename "$log"):" >&2
        tail -n 20 "$log" >&2
    done
    echo "$passed passed, 1 failed" >&2
    exit 1
}

all_passed() { echo "$passed passed, 0 failed"; }

now_ms() { date +%s%3N; }

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
    local end=$(($(now_ms) + $1 * 1000)) what=$2
    shift 2
    until "$@"; do
        [ "$(now_ms)" -lt "$end" ] || fail "waited in vain for $what"
        sleep "$pause"
    done
}

# Neither the user's nor the system's Git configuration plays a part.
git_of_its_own() {
    export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$work/gitconfig GIT_TERMINAL_PROMPT=0
    unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
    git config --global user.name "Ada Example"
    git config --global user.email "ada@example.org"
}
