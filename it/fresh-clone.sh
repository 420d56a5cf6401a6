#!/usr/bin/env bash
# What a newcomer does: clones the project and types `./laurel up`, with empty Maven caches. Needs the network.
set -euo pipefail
set -m

root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d)
log=$work/up.log
up_pid=

clean_up() {
    [ -z "$up_pid" ] || kill -TERM -- "-$up_pid" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

export MAVEN_USER_HOME=$work/maven MAVEN_ARGS=-Dmaven.repo.local=$work/repository
git clone -q "$root" "$work/laurel"
cd "$work/laurel"

# first_answer NAME SECONDS: starts it, waits for the first answer and stops it.
first_answer() {
    local begin=$SECONDS url=
    # Ctrl-C counts, also where it was ignored when this script was started (nohup).
    env --default-signal=INT ./laurel up --port 0 >"$log" 2>&1 &
    up_pid=$!
    until [ -n "$url" ] && curl -fsS --max-time 5 "$url/predictionForTomorrow" 2>/dev/null; do
        if ! kill -0 "$up_pid" 2>/dev/null || [ $((SECONDS - begin)) -gt "$2" ]; then
            cat "$log" >&2
            echo "failed: no answer within $2 s ($1)" >&2
            exit 1
        fi
        url=$(sed -n 's#.*\(http://localhost:[0-9]*\)/git/models\.git.*#\1#p' "$log" | head -n 1)
        sleep 0.2
    done
    echo
    echo "ok: first answer after $((SECONDS - begin)) s ($1)"
    kill -INT "$up_pid"
    wait "$up_pid" || true
    up_pid=
}

first_answer "from an empty Maven cache" 600
rm -rf .laurel
# On two idle cores it takes less than 15 s; more is allowed for, since a machine that tests is a busy one.
first_answer "once built" 60
echo "2 passed, 0 failed"
