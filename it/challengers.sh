#!/usr/bin/env bash
# Challengers on live traffic, told with curl, git and git-lfs: one is pinned on 20 % of the callers and promoted by what was measured, a bad
# one is withdrawn by automation, both are reverted, and a champion that fails is rolled back. Runs `./laurel up --offline` in a folder of its own at a free port.
set -euo pipefail
# Background jobs of a script ignore Ctrl-C, unless they are jobs as in a terminal.
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
home=$work/home
log=$work/up.log
clone=$work/clone
model=spy-direction
folder=environments/production/$model
up_pid=
url=

git_of_its_own
git lfs install --skip-repo >/dev/null

clean_up() {
    if [ -n "$up_pid" ]; then
        kill -TERM "$up_pid" 2>/dev/null || true
        wait "$up_pid" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

has_address() {
    kill -0 "$up_pid" 2>/dev/null || fail "laurel up ended"
    url=$(sed -n 's#.*\(http://localhost:[0-9]*\)/git/models\.git.*#\1#p' "$log" | head -n 1)
    [ -n "$url" ]
}
fetch() { git -C "$clone" fetch -q origin; }
shown() { git -C "$clone" show "origin/main:$folder/$1" 2>/dev/null; }
pinned() { shown champion.yaml | sed -n 's/^version: //p'; }
is_pinned() { fetch && [ "$(pinned)" = "$1" ]; }
newest() {
    git -C "$clone" ls-tree -r --name-only origin/main "models/$model/versions" |
        sed -n 's#.*/v\([0-9]*\)/version\.yaml$#\1#p' | sort -n | tail -n 1
}
has_newer() { fetch && [ -n "$(pinned)" ] && [ "$(newest)" -gt "${1#v}" ]; }
live() { curl -sS --max-time 5 "$url/models/$model/live"; }
is_tried() { live | grep -q "\"challenger\":{\"version\":\"$1\""; }
nothing_is_tried() { fetch && [ -z "$(shown challenger.yaml)" ]; }
model_answers() { [ "$(curl -sS --max-time 5 -o /dev/null -w '%{http_code}' "$url/readyz")" = 200 ]; }

# Commits what the function given does to the newest main, and pushes; again when training was quicker.
push_change() {
    local attempt
    for attempt in $(seq 20); do
        fetch
        git -C "$clone" checkout -q -B main origin/main
        "$@"
        git -C "$clone" push -q origin main 2>"$work/push.log" && return 0
    done
    fail "no push of '$*' in $attempt attempts: $(cat "$work/push.log")"
}

# live_rules AGREEMENT: no candidate passes the gate by itself, and live traffic judges what people try.
live_rules() {
    local file=$clone/models/$model/model.yaml
    sed -i '/^gate:/,/^[a-z]/{/^gate:/d;/^ /d}' "$file"
    cat >>"$file" <<END
gate:
  metric: accuracy
  minimum_gain: 1
  minimum_rows: 1
  mode: commit
  live:
    mode: canary
    share: 20
    minimum_answers: 30
    minimum_seconds: 0
    extra_errors: 0
    p99_factor: 1000
    minimum_agreement: $1
END
    git -C "$clone" commit -q -a -m "Let live traffic judge: agreement $1"
}

# challenge v8: by hand, since a pin is a file.
challenge() {
    local version=$1 path pointer
    path=models/$model/versions/$(printf '%02d' $((${version#v} / 100)))/$version
    pointer=$(git -C "$clone" show "HEAD:$path/$model.model")
    cat >"$clone/$folder/challenger.yaml" <<END
model: $model
version: $version
digest: $(sed -n 's/^oid //p' <<<"$pointer")
size: $(sed -n 's/^size //p' <<<"$pointer")
record: sha256:$(git -C "$clone" show "HEAD:$path/version.yaml" | sha256sum | cut -d ' ' -f 1)
mode: canary
share: 20
by: person
reason: a fifth of the callers
END
    git -C "$clone" commit -q -a -m "Try $version"
}

# load FROM TO: each of these callers asks once about rows of its own; prints the versions that answered.
load() {
    requests "$1" "$2" >"$work/requests"
    curl --fail-early --config "$work/requests" | tr -d '\r' | sed -n 's/^[Xx]-[Ll]aurel-[Mm]odel: .*@//p'
}
# For one curl: to start a process or three for each caller would take longer than the answers.
requests() {
    curl -sS --max-time 5 "$url/models/$model" | python3 -c '
import json, random, sys
first, last, url = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
usual = json.load(sys.stdin)["example"]["features"][0]
for caller in range(first, last + 1):
    random.seed(caller)
    rows = [[value * random.uniform(-2, 3) for value in usual] for _ in range(5)]
    if caller > first:
        print("next")
    print("\n".join([
        "silent", "show-error", "max-time = 5", "output = /dev/null", "dump-header = -", f"url = \"{url}\"",
        f"header = \"X-Laurel-Key: caller {caller}\"", "data = " + json.dumps(json.dumps({"features": rows}))]))' "$1" "$2" "$url/models/$model/predict"
}
vectors() {
    curl -sS "$url/models/$model" | python3 -c '
import json, random, sys
usual = json.load(sys.stdin)["example"]["features"][0]
random.seed(int(sys.argv[1]))
print(json.dumps([[value * random.uniform(-2, 3) for value in usual] for _ in range(5)]))' "$1"
}

"$root/laurel" --version >/dev/null
env --default-signal=INT "$root/laurel" up --offline --every 1s --port 0 --home "$home" >"$log" 2>&1 &
up_pid=$!
wait_for 60 "the address of laurel up" has_address
wait_for 120 "the first champion" model_answers
git clone -q "$url/git/models.git" "$clone"
push_change live_rules 0
ok "live traffic judges, by rules in the definition"

# ---- a good one
champion=$(fetch && pinned)
wait_for 120 "a version that is newer than $champion" has_newer "$champion"
good=v$(newest)
push_change challenge "$good"
wait_for 20 "$good beside $champion" is_tried "$good"
share=$(load 1 100 | grep -c "^$good\$" || true)
if [ "$share" -lt 5 ] || [ "$share" -ge 30 ]; then
    fail "of 100 callers $share got $good (expected: about 20)"
fi
ok "of 100 callers $share got $good, the others $champion"
load 101 250 >/dev/null
wait_for 60 "the promotion of $good" is_pinned "$good"
shown champion.yaml | grep -q '^live:$' || fail "the pin has no evidence of live traffic"
wait_for 20 "the end of the challenge" nothing_is_tried
ok "promoted by live traffic: $(git -C "$clone" log -1 --format=%b origin/main -- "$folder/champion.yaml" | head -n 1)"
promotion=$(git -C "$clone" log -1 --format=%H origin/main -- "$folder/champion.yaml")
push_change git -C "$clone" revert --no-edit "$promotion" >/dev/null
wait_for 10 "$champion again" is_pinned "$champion"
ok "git revert took the promotion back; $champion is pinned"

# ---- a bad one
push_change live_rules 1
fetch
bad=v$(newest)
push_change challenge "$bad"
wait_for 20 "$bad beside $champion" is_tried "$bad"
load 1 250 >/dev/null
wait_for 60 "the withdrawal of $bad" nothing_is_tried
withdrawal=$(git -C "$clone" log -1 --format=%H origin/main -- "$folder/challenger.yaml")
ok "withdrawn by automation: $(git -C "$clone" log -1 --format=%b "$withdrawal" | head -n 1)"
[ "$(pinned)" = "$champion" ] || fail "$(pinned) is pinned (expected: $champion)"
push_change git -C "$clone" revert --no-edit "$withdrawal" >/dev/null
wait_for 20 "$bad once more" is_tried "$bad"
ok "git revert took the withdrawal back; $bad is tried again"

# ---- a champion that fails
"$root/laurel" promote "$model" "$bad" --reason "by hand" --repo "$home/models.git" --wait "$url" --wait-seconds 20 >"$work/promoted.log"
is_pinned "$bad" || fail "$(pinned) is pinned (expected: $bad)"
ok "$(grep answers "$work/promoted.log"):$(grep '^  ' "$work/promoted.log" | tr -s ' ' | tr '\n' ',' | sed 's/,$//')"
strict_limits() {
    cat >>"$clone/models/$model/model.yaml" <<END
    champion:
      minimum_answers: 10
      most_errors: 0
      p99_millis: 0.001
END
    git -C "$clone" commit -q -a -m "A champion answers within a microsecond"
}
push_change strict_limits
load 1 40 >/dev/null
wait_for 60 "the rollback to $champion" is_pinned "$champion"
rollback=$(git -C "$clone" log -1 --format=%H origin/main -- "$folder/champion.yaml")
ok "rolled back by automation: $(git -C "$clone" log -1 --format=%b "$rollback" | head -n 1)"
"$root/laurel" status --repo "$home/models.git" | grep -q "held since ${rollback:0:10}" || fail "the pin is not held"
ok "and held"

# ---- a champion that feedback speaks against
feedback_limits() {
    sed -i '/^      p99_millis: 0.001$/d' "$clone/models/$model/model.yaml"
    cat >>"$clone/models/$model/model.yaml" <<END
      feedback: {metric: accuracy, minimum_rows: 10, worst: 0.5}
END
    git -C "$clone" commit -q -a -m "A champion is right at least every other time"
}
# tell_wrong FROM TO: asks as these requests, and tells that the other label turned out to be true.
tell_wrong() {
    local request said
    for request in $(seq "$1" "$2"); do
        said=$(curl -sS --max-time 5 -H "X-Request-Id: told-$request" -d "{\"features\": $(vectors "$request")}" "$url/models/$model/predict" |
            python3 -c 'import json, sys; print(json.load(sys.stdin)["predictions"][0]["prediction"])')
        curl -sS --max-time 5 -d "{\"request_id\": \"told-$request\", \"actual\": \"$(other_label "$said")\"}" "$url/models/$model/feedback"
    done
}
other_label() {
    curl -sS "$url/models/$model" | python3 -c '
import json, sys
print([label for label in json.load(sys.stdin)["signature"]["task"]["labels"] if label != sys.argv[1]][0])' "$1"
}
push_change feedback_limits
"$root/laurel" promote "$model" "$bad" --reason "once more" --repo "$home/models.git" >/dev/null
wait_for 20 "$bad as champion" is_pinned "$bad"
answers_with() { curl -sS "$url/models/$model" | grep -q "\"version\":\"$1\""; }
wait_for 20 "$bad in the server" answers_with "$bad"
tell_wrong 1 12 | grep -q '"counted":1' || fail "feedback was not counted"
wait_for 60 "the rollback to $champion" is_pinned "$champion"
ok "rolled back by feedback: $(git -C "$clone" log -1 --format=%b origin/main -- "$folder/champion.yaml" | head -n 1)"

"$root/laurel" verify --repo "$home/models.git" >"$work/verify.log" || fail "laurel verify found faults"
ok "laurel verify found no fault"
all_passed
