#!/usr/bin/env bash
# Runs the commands of README.md as they are printed, one block after the other, in a fresh clone. Needs the port 8080.
# What starts and stays (`laurel up`) runs in the background; `mvnw verify` is left out, since CI runs it by itself, and `vagrant up`.
# README: another file to take them from.
set -euo pipefail
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
readme=${README:-$root/README.md}
up_pid=

clean_up() {
    local maker
    [ -z "$up_pid" ] || kill -TERM -- "-$up_pid" 2>/dev/null || true
    # Whoever makes the launcher's cache in the background would write into what is removed.
    for maker in "$work"/laurel/target/laurel/*/cache-*/maker; do
        [ ! -r "$maker" ] || kill "$(cat "$maker")" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT

# Lines that are indented by four, after a blank one, are a block: what a reader copies. Those of the layout of a repository begin with a file's name.
blocks() {
    awk '
        /^    / && (before == "" || inside) { if (!inside) { block++ } inside = 1; print block "\t" substr($0, 5); before = $0; next }
        { inside = 0; before = $0 }' "$1" | grep -v -P '^\d+\t(README\.md|models/|data/|environments/)'
}

# Everything in one shell, as in one terminal: `cd` counts for what follows.
script() {
    local line
    echo 'set -meuo pipefail'
    while IFS= read -r line; do
        line=${line#*$'\t'}
        printf 'echo %q\n' "\$ $line"
        case $line in
            './laurel up'*) printf '%s >%q 2>&1 &\necho "$!" >%q\nwait_for_answer\n' "${line%%#*}" "$work/up.log" "$work/up.pid" ;;
            'vagrant up'*) echo 'echo "left out: needs virtual machines"' ;;
            './mvnw verify'*) echo 'echo "left out: CI runs it by itself"' ;;
            *) printf '%s\n' "$line" ;;
        esac
    done
}

wait_for_answer() {
    local begin=$SECONDS
    until curl -fsS --max-time 5 -o /dev/null localhost:8080/predictionForTomorrow 2>/dev/null; do
        kill -0 "$(cat "$UP_PID")" 2>/dev/null || return 1
        [ $((SECONDS - begin)) -lt 600 ] || return 1
        sleep 0.5
    done
}
export -f wait_for_answer
export UP_PID=$work/up.pid

# It can fail: a command that is wrong ends it.
printf '\n    cd /\n    no-such-command\n' >"$work/wrong.md"
if blocks "$work/wrong.md" | script | bash >/dev/null 2>&1; then
    fail "a wrong command is not noticed"
fi

! curl -s --max-time 2 -o /dev/null localhost:8080 || fail "port 8080: taken (expected: free, as README.md has it)"

export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$work/gitconfig GIT_TERMINAL_PROMPT=0
git config --global user.name "Ada Example"
git config --global user.email "ada@example.org"
git clone -q "$root" "$work/laurel"
cd "$work/laurel"
blocks "$readme" | script >"$work/script"
[ "$(grep -c '^echo ' "$work/script")" -ge 10 ] || fail "$readme: hardly any commands"
bash "$work/script" 2>&1 </dev/null | tee "$work/said" || {
    up_pid=$(cat "$UP_PID" 2>/dev/null || true)
    fail "the last command above"
}
up_pid=$(cat "$UP_PID")
for said in '"prediction"' 'Register spy-direction v1' 'digest: sha256:' 'Revert "Promote spy-direction' held; do
    grep -q -- "$said" "$work/said" || fail "nothing says $said"
done
echo "ok: $(grep -c '^\$ ' "$work/said") commands of README.md"
