#!/usr/bin/env bash
# Five models of five kinds from five definitions, by one `./laurel up --models all --offline`: each is trained, promoted, answers, has its
# numbers beside those of no model, gives the same bytes again, is rolled back with `git revert`, held and released.
# With LAUREL_DATA gold-change and damage-incidence learn from the real files there.
set -euo pipefail
# Background jobs of a script ignore Ctrl-C, unless they are jobs as in a terminal.
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
home=$work/home
log=$work/up.log
clone=$work/clone
models=(airline-passengers damage-incidence gold-change iris spy-direction)
up_pid=
url=

git_of_its_own

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

has_address() {
    kill -0 "$up_pid" 2>/dev/null || fail "laurel up ended"
    url=$(sed -n 's#.*\(http://localhost:[0-9]*\)/git/models\.git.*#\1#p' "$log" | head -n 1)
    [ -n "$url" ]
}

pin() { echo "environments/production/$1/champion.yaml"; }

# The state of each model at the server.
state() { curl -sS --max-time 5 "$url/models" | jq -r --arg model "$1" '.models[] | select(.model == $model) | .state'; }

all_serve() {
    local model
    for model in "${models[@]}"; do
        [ "$(state "$model")" = serving ] || return 1
    done
}

# predict MODEL BODY: the answer.
predict() { curl -sS --max-time 5 "$url/models/$1/predict" -d "$2"; }

# expect_answer MODEL BODY FILTER: jq finds that in the answer.
expect_answer() {
    local answer
    answer=$(predict "$1" "$2")
    jq -e "$3" <<<"$answer" >/dev/null || fail "$1 answers $answer (expected: $3)"
    ok "$1 answers $(jq -c '.predictions[0]' <<<"$answer")"
}

"$root/laurel" --version >/dev/null
begin=$(now_ms)
env --default-signal=INT "$root/laurel" up --models all --offline --every 1h --port 0 --home "$home" >"$log" 2>&1 &
up_pid=$!
wait_for 60 "the address of laurel up" has_address
wait_for 300 "all five champions" all_serve
took=$(($(now_ms) - begin))
[ -n "${LAUREL_DATA:-}" ] || [ "$took" -lt 90000 ] || fail "five models took $took ms (expected: less than 90000)"
ok "five models were trained, promoted and served after $took ms"

expect_answer iris '{"rows":[{"sepal_length":5.1,"sepal_width":3.5,"petal_length":1.4,"petal_width":0.2}]}' \
    '.predictions[0] | .prediction == "setosa" and (.probabilities | length) == 3'
expect_answer iris '{"features":[5.1,3.5,1.4,0.2]}' '.version == "v1" and (.digest | startswith("sha256:"))'
for model in damage-incidence gold-change spy-direction; do
    expect_answer "$model" "$(curl -sS "$url/models/$model" | jq -c .example)" '.predictions | length == 1'
done
for model in airline-passengers gold-change spy-direction; do
    answer=$(curl -sS --max-time 5 "$url/predictionForTomorrow?model=$model")
    jq -e '.prediction != null and .as_of != null' <<<"$answer" >/dev/null || fail "$model for tomorrow: $answer"
    ok "$model for the row after $(jq -r .as_of <<<"$answer"): $(jq -c .prediction <<<"$answer")"
done

git clone -q "$url/git/models.git" "$clone"
for model in "${models[@]}"; do
    grep -q 'without a model' "$clone/models/$model/versions/00/v1/README.md" || fail "the card of $model has no naive column"
    laurel reproduce "$model" v1 >"$work/reproduce.log" 2>&1 || fail "$model v1 was not reproduced: $(cat "$work/reproduce.log")"
    ok "$model: its card compares with no model, and training it again gives the same bytes"
done
laurel verify >"$work/verify.log" 2>&1 || fail "verify: $(cat "$work/verify.log")"
ok "verify finds nothing: $(tail -n 1 "$work/verify.log")"

for model in "${models[@]}"; do
    git -C "$clone" pull -q
    git -C "$clone" revert --no-edit "$(git -C "$clone" log -1 --format=%h -- "$(pin "$model")")" >/dev/null
    git -C "$clone" push -q
    withdrawn() { [ "$(state "$model")" = withdrawn ]; }
    wait_for 10 "the end of $model" withdrawn
    laurel status >"$work/status.log"
    grep -q "^$model  *production .*held since" "$work/status.log" || fail "$model is not held"
    laurel release "$model" >/dev/null
    laurel promote "$model" v1 --reason "as good as before" >/dev/null
    serves() { [ "$(state "$model")" = serving ]; }
    wait_for 10 "$model again" serves
    ok "$model: reverted, held, released, promoted again"
done

kill -INT "$up_pid"
wait "$up_pid" || true
up_pid=
all_passed
