#!/usr/bin/env bash
# The story of a model, told with curl, git and git-lfs only: trained, served, cloned, rolled back, held, released, withdrawn.
# Runs `./laurel up --offline` in a folder of its own at a free port; takes a few minutes, most of them waiting for versions.
set -euo pipefail
# Background jobs of a script ignore Ctrl-C, unless they are jobs as in a terminal.
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
home=$work/home
log=$work/up.log
clone=$work/clone
pin=environments/production/spy-direction/champion.yaml
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

laurel() { "$root/laurel" "$@" --repo "$home/models.git"; }

start_up() {
    : >"$log"
    # Ctrl-C counts, also where it was ignored when this script was started (nohup).
    env --default-signal=INT "$root/laurel" up --offline --every "$1" --port 0 --home "$home" >"$log" 2>&1 &
    up_pid=$!
    wait_for 60 "the address of laurel up" has_address
}

has_address() {
    kill -0 "$up_pid" 2>/dev/null || fail "laurel up ended"
    url=$(sed -n 's#.*\(http://localhost:[0-9]*\)/git/models\.git.*#\1#p' "$log" | head -n 1)
    [ -n "$url" ]
}

stop_up() {
    local begin code=0 took
    begin=$(now_ms)
    kill -INT "$up_pid"
    wait "$up_pid" || code=$?
    up_pid=
    took=$(($(now_ms) - begin))
    [ "$code" -eq 130 ] || fail "exit code $code after Ctrl-C (expected: 130)"
    [ "$took" -lt 3000 ] || fail "Ctrl-C took $took ms (expected: less than 3000)"
    ok "Ctrl-C stopped it in $took ms"
}

ask() { curl -sS --max-time 5 "$url/predictionForTomorrow?threshold=0.3"; }
status_of() { curl -sS --max-time 5 -o "$work/body" -w '%{http_code}' "$1"; }
answers() { [ "$(status_of "$url/predictionForTomorrow")" = 200 ]; }
answering_version() { ask | sed -n 's/.*"version":"\(v[0-9]*\)".*/\1/p'; }
is_answered_by() { [ "$(answering_version)" = "$1" ]; }

fetch() { git -C "$clone" fetch -q origin; }
newest() {
    git -C "$clone" ls-tree -r --name-only origin/main models/spy-direction/versions |
        sed -n 's#.*/v\([0-9]*\)/version\.yaml$#\1#p' | sort -n | tail -n 1
}
has_version() { fetch && [ "$(newest)" -ge "$1" ]; }
pinned() { git -C "$clone" show "origin/main:$pin" 2>/dev/null | sed -n 's/^version: //p'; }
promotions() { git -C "$clone" log --format=%h origin/main -- "$pin" | wc -l; }
is_promoted_after() { fetch && [ "$(promotions)" -gt "$1" ]; }

# Waits for the next promotion by the gate; when none comes for so many versions, a person promotes.
next_promotion() {
    local before last
    fetch
    before=$(promotions)
    last=$(($(newest) + $1))
    local end=$(($(now_ms) + 300000))
    until is_promoted_after "$before"; do
        if [ "$(newest)" -ge "$last" ] || [ "$(now_ms)" -gt "$end" ]; then
            echo "note: the gate passed none of $1 versions in time; a person promotes instead"
            laurel promote spy-direction --reason "none passed the gate in $1 runs" >/dev/null
        fi
        sleep 0.2
    done
    wait_for 10 "the answer of $(pinned)" is_answered_by "$(pinned)"
}

# Commits what the function given does to the newest main, and pushes; again when training was quicker.
push_change() {
    local attempt
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        fetch
        git -C "$clone" checkout -q -B main origin/main
        "$@"
        if git -C "$clone" push -q origin main 2>"$work/push.log"; then
            return 0
        fi
        grep -q -e 'fetch first' -e 'non-fast-forward' "$work/push.log" || return 1
        echo "note: training pushed first, attempt $attempt"
    done
    return 1
}

revert_newest_promotion() {
    git -C "$clone" revert --no-edit "$(git -C "$clone" log -1 --format=%h -- "$pin")" >/dev/null
}

# expect_refused MESSAGE FUNCTION...: the push of that change is refused with this in its message, and main stays as it is.
expect_refused() {
    local message=$1
    shift
    if push_change "$@"; then
        fail "a push was accepted (expected: refused with '$message')"
    fi
    grep -q -- "$message" "$work/push.log" || fail "the refusal does not say '$message': $(cat "$work/push.log")"
    git -C "$clone" reset -q --hard origin/main
    ok "refused: $(sed -n 's/.*\[remote rejected\] main -> main (\(.*\))$/\1/p' "$work/push.log")"
}

commit_edit() {
    git -C "$clone" commit -q -a -m "Try something"
}
pin_v999() {
    sed -i 's/^version: .*/version: v999/' "$clone/$pin"
    commit_edit
}
pin_other_digest() {
    sed -i 's/^digest: .*/digest: sha256:0000000000000000000000000000000000000000000000000000000000000000/' "$clone/$pin"
    commit_edit
}
break_yaml() {
    echo 'experiments: [' >>"$clone/models/spy-direction/model.yaml"
    commit_edit
}
change_version() {
    # The newest; the first ones may have left the tree.
    sed -i 's/.*/changed/' "$clone/$(git -C "$clone" ls-files 'models/spy-direction/versions/*/report.yaml' | sort -V | tail -n 1)"
    commit_edit
}
remove_pin() {
    git -C "$clone" rm -q "$pin"
    git -C "$clone" commit -q -m "Withdraw spy-direction"
}

# ---- up, and an answer
"$root/laurel" --version >/dev/null
begin=$(now_ms)
start_up 1s
wait_for 180 "the first answer" answers
ok "the first answer came after $(($(now_ms) - begin)) ms: $(ask)"
for key in prediction confidence threshold model version digest as_of; do
    ask | grep -q "\"$key\":" || fail "the answer has no $key"
done
[ "$(status_of "$url/predictionForTomorrow?threshold=7")" = 400 ] || fail "threshold 7 was accepted"
ok "threshold 7 is a 400: $(cat "$work/body")"

# ---- clone
git clone -q "$url/git/models.git" "$clone"
for model in $(git -C "$clone" ls-files '*.model'); do
    head -c 40 "$clone/$model" | grep -q '^version https://git-lfs' || fail "$model is not a pointer"
done
[ -z "$(find "$clone/.git/lfs/objects" -type f 2>/dev/null)" ] || fail "the clone fetched model bytes"
ok "the clone has $(git -C "$clone" ls-files '*.model' | wc -l) model file(s), as pointers, and fetched no model bytes"

# ---- more versions, and a promotion
first=$(newest)
wait_for 300 "three more versions" has_version $((first + 3))
ok "three more versions: v$(newest)"
[ "$(promotions)" -ge 2 ] || next_promotion 30
champion=$(pinned)
ok "the champion is $champion, after $(promotions) promotions"

# ---- roll back by a plain revert; the hold; the release
previous=$(git -C "$clone" show "origin/main:$pin" | sed -n 's/^beats: //p')
push_change revert_newest_promotion || fail "the revert was refused: $(cat "$work/push.log")"
begin=$(now_ms)
back=$(git -C "$clone" show "main:$pin" | sed -n 's/^version: //p')
wait_for 10 "the answer of $back" is_answered_by "$back"
took=$(($(now_ms) - begin))
# About a second; more is allowed for, since a machine that tests is a busy one.
[ "$took" -lt 5000 ] || fail "$back answered $took ms after the push (expected: about a second)"
ok "$back answered $took ms after the push of the revert of $champion (which had beaten ${previous:-another})"
held_at=$(newest)
wait_for 300 "five more training runs" has_version $((held_at + 5))
[ "$(pinned)" = "$back" ] || fail "training promoted over the rollback: $(pinned)"
is_answered_by "$back" || fail "another version answers: $(ask)"
laurel status | grep -q held || fail "laurel status does not say that the pin is held"
ok "five more runs left the pin at $back: $(laurel status | grep held)"
laurel release spy-direction >/dev/null
next_promotion 60
ok "released, promotions go on: $(pinned)"

# ---- stop, and go on from there
champion=$(pinned)
stop_up
[ -z "$(find "$home" -name '*.lock' -not -name up.lock)" ] || fail "a lock was left behind"
git --git-dir="$home/models.git" fsck --no-progress 2>"$work/fsck.log" || fail "git fsck: $(cat "$work/fsck.log")"
start_up 1s
git -C "$clone" remote set-url origin "$url/git/models.git"
wait_for 60 "an answer after the restart" answers
ok "started again, $(answering_version) answers (the champion was $champion)"

# ---- refusals
expect_refused 'champion.yaml: version: v999 ' pin_v999
expect_refused 'champion.yaml: digest: sha256:0000' pin_other_digest
expect_refused 'models/spy-direction/model.yaml:[0-9]' break_yaml
expect_refused 'v[0-9]* of spy-direction is registered already and never changes' change_version
object=$(git -C "$clone" show "main:$(git -C "$clone" ls-files '*.model' | head -n 1)" | sed -n 's/^oid sha256://p')
upload=$(curl -sS --max-time 5 -H 'Accept: application/vnd.git-lfs+json' -H 'Content-Type: application/vnd.git-lfs+json' \
    -d "{\"operation\":\"upload\",\"objects\":[{\"oid\":\"${object//[0-9]/7}\",\"size\":1000}]}" \
    "$url/git/models.git/info/lfs/objects/batch" | sed -n 's/.*"upload":{"href":"\([^"]*\)".*/\1/p')
[ -n "$upload" ] || fail "the LFS server offers no upload"
for size in 500 1000; do
    head -c "$size" /dev/zero >"$work/object"
    code=$(curl -sS --max-time 5 -o "$work/body" -w '%{http_code}' -T "$work/object" "$upload")
    [ "$code" = 422 ] || fail "$code for an LFS object of $size bytes that are not those of its name (expected: 422)"
done
ok "an LFS object that is truncated, or not what its name says, is a $code: $(cat "$work/body")"

# ---- withdraw
push_change remove_pin || fail "the removal of the pin was refused: $(cat "$work/push.log")"
withdrawn() { [ "$(status_of "$url/predictionForTomorrow")" = 404 ]; }
wait_for 10 "the 404 of a withdrawn model" withdrawn
ok "without a pin it is a 404: $(cat "$work/body")"
held_at=$(newest)
wait_for 120 "two more training runs" has_version $((held_at + 2))
[ -z "$(pinned)" ] || fail "training pinned a withdrawn model"
ok "two more runs left it withdrawn"
last=v$(newest)
laurel promote spy-direction "$last" --reason "end of the story" >/dev/null
wait_for 10 "the answer of $last" is_answered_by "$last"
ok "a promotion by a person brings it back"
stop_up

# ---- nothing is broken
start_up 1h
git -C "$clone" remote set-url origin "$url/git/models.git"
git -C "$clone" pull -q --ff-only || { fetch && git -C "$clone" checkout -q -B main origin/main; }
git -C "$clone" lfs pull -I '*' -X ''
git -C "$clone" lfs fsck >"$work/fsck.log" 2>&1 || fail "git lfs fsck: $(cat "$work/fsck.log")"
git -C "$clone" fsck --no-progress >"$work/fsck.log" 2>&1 || fail "git fsck: $(cat "$work/fsck.log")"
ok "git lfs fsck and git fsck are clean, with $(git -C "$clone" lfs ls-files | wc -l) LFS files"
commits=0
for commit in $(git -C "$clone" log --format=%H --author=laurel@localhost); do
    message=$(git -C "$clone" show -s --format=%B "$commit")
    trailers=$(git interpret-trailers --parse <<<"$message")
    grep -q '^Laurel-Model: spy-direction$' <<<"$trailers" || fail "commit $commit has no Laurel-Model trailer: $message"
    [ "$(grep -c '^Laurel-' <<<"$message")" = "$(grep -c '^Laurel-' <<<"$trailers")" ] || fail "trailers of $commit: $message"
    commits=$((commits + 1))
done
ok "the trailers of $commits commits parse"
stop_up

all_passed
