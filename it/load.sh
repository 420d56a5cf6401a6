#!/usr/bin/env bash
# A server under load while its pin moves, beside connections whose bodies do not come: promotions and bad pins come as commits, and no request
# fails, none waits for those that stopped, none is answered by a version that was not pinned then, and memory stays flat.
#   it/load.sh                12 seconds, 20 promotions, 4 bad pins and 600 senders that stop
#   it/load.sh --full         60 seconds, 100 promotions, 20 bad pins and 600 senders that stop
#   it/load.sh --slow         60 seconds, 20 promotions, 4 bad pins and 9,500 senders that stop
#   LOAD_RATE=1000            requests a second
#   LOAD_P99=20               milliseconds that 99 of a hundred requests may take; without --full 50, since a stall of the machine weighs more in
#                             a short run, or beside so many. Not judged where the machine lets a mere echo wait for 5
#   LOAD_LAG=1                seconds from a commit to its last answer of another version; without --full 2; three times as much on such a machine
set -euo pipefail
# Background jobs of a script ignore Ctrl-C, unless they are jobs as in a terminal.
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
model=spy-direction
log=$work/serve.log
serve_pid=

seconds=12 promotions=20 bad=4 slow=600 p99=50 lag=2
case ${1:-} in
    --full) seconds=60 promotions=100 bad=20 p99=20 lag=1 ;;
    --slow) seconds=60 slow=9500 ;;
    "") ;;
    *) fail "$1 (expected: --full, --slow, or nothing)" ;;
esac

git_of_its_own

export LOAD_P99=${LOAD_P99:-$p99} LOAD_LAG=${LOAD_LAG:-$lag}

clean_up() {
    if [ -n "$serve_pid" ]; then
        kill -TERM "$serve_pid" 2>/dev/null || true
        wait "$serve_pid" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

laurel() { "$root/laurel" "$@"; }
has_address() {
    kill -0 "$serve_pid" 2>/dev/null || fail "laurel serve ended"
    url=$(sed -n 's#^serving \(http://[^/]*\)/.*#\1#p' "$log" | sed 's/localhost/127.0.0.1/')
    [ -n "$url" ]
}
is_ready() { curl -fsS --max-time 5 -o /dev/null "$url/readyz" 2>/dev/null; }

export LAUREL_REPO=$work/models.git
laurel init --offline >/dev/null
for version in v1 v2; do
    laurel train "$model" --offline >"$work/train-$version.log" 2>&1
done
ok "two versions are registered, the first is pinned"

# As large as a pod's heap. Not by the function, whose shell would be what is stopped in the end.
LAUREL_JAVA_OPTS="-XX:+UseSerialGC -Xmx256m" "$root/laurel" serve --port 0 >"$log" 2>&1 &
serve_pid=$!
wait_for 60 "the address of laurel serve" has_address
wait_for 60 "the server to be ready" is_ready
said=$(python3 "$root/it/load.py" "$url" "$LAUREL_REPO" "$model" "$seconds" "$promotions" "$bad" "$slow" "${LOAD_RATE:-1000}" "$serve_pid" 2>"$work/load.log") ||
    fail "${said:-the load}"
ok "$said"

# What is pinned last answers at last, and nothing is left of the bad pins.
wait_for 30 "the server to be ready" is_ready
ok "the server is ready after all that"
all_passed
