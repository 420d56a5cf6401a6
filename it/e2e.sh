#!/usr/bin/env bash
# The story on a cluster that it/kind.sh, it/cluster.sh or the Vagrantfile has prepared: the first model answers; a promotion rolls its pods; a
# bad pin does not take them away, nor does a repository out of reach; a revert brings the good one back, and a revert of the promotion the
# one before.
# PREDICTIONS, GIT_HOST: where predictions and the Git host are, when not at the addresses of manifests/overlays/local.
set -euo pipefail

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
PREDICTIONS=${PREDICTIONS:-http://192.168.56.10:30951}
GIT_HOST=${GIT_HOST:-http://192.168.56.10:30300}
pin=environments/production/spy-direction/champion.yaml
settings=environments/production/server/settings.yaml
application=production-spy-direction
asker=
git_away=

pause=1

clean_up() {
    [ -z "$asker" ] || kill "$asker" 2>/dev/null || true
    [ -z "$git_away" ] || git_host 1 2>/dev/null || true
    suspend_training false 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

fail() {
    trap - ERR
    echo "failed: $*" >&2
    kubectl -n argocd get applications >&2 || true
    kubectl get pods -A >&2 || true
    exit 1
}

ask() { curl -sS --max-time 5 "$PREDICTIONS/predictionForTomorrow" 2>/dev/null; }
answering() { ask | sed -n 's/.*"version": *"\(v[0-9]*\)".*/\1/p'; }
answers() { [ -n "$(answering)" ]; }
answers_with() { [ "$(answering)" = "$1" ]; }
state() { kubectl -n argocd get application "$application" -o "jsonpath={.status.$1}" 2>/dev/null; }
is() { [ "$(state "$1")" = "$2" ]; }
there() { kubectl -n "$1" get "$2" "$3" >/dev/null 2>&1; }
is_settled() { is sync.status Synced && is health.status Healthy; }
# A sync that is tried again is still called Running.
notices_bad_pin() { is operationState.phase Failed || is health.status Degraded || [[ $(state operationState.retryCount) == [1-9]* ]]; }
# What the verifier of the newest sync said.
verdict() { kubectl -n argocd get application "$application" -o 'jsonpath={.status.operationState.syncResult.resources[?(@.kind=="Pod")].message}'; }
says() { [[ $(verdict) == *"$1"* ]]; }
suspend_training() { kubectl -n laurel patch cronjob trainer --patch "{\"spec\": {\"suspend\": $1}}" >/dev/null; }
trains_not() { [ -z "$(kubectl -n laurel get cronjob trainer -o 'jsonpath={.status.active}')" ]; }

# ---- the platform answers
wait_for 600 "the token of the trainer" there laurel secret trainer-git
LAUREL_GIT_TOKEN=$(kubectl -n laurel get secret trainer-git -o 'jsonpath={.data.token}' | base64 -d)
export LAUREL_GIT_TOKEN LAUREL_REPO=$GIT_HOST/laurel/models.git LAUREL_CACHE=$work/cache
wait_for 600 "the Application" there argocd application "$application"
wait_for 600 "the first answer" answers
wait_for 300 "$application synced and healthy" is_settled
# So that nobody else promotes meanwhile.
suspend_training true
wait_for 600 "training to pause" trains_not
first=$(answering)
ok "$first answers: $(ask)"

# The helper is a command line of Git's own, which reads the token where no process list shows it.
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$work/gitconfig GIT_TERMINAL_PROMPT=0 GIT_LFS_SKIP_SMUDGE=1
git config --global user.name "Ada Example"
git config --global user.email "ada@example.org"
# shellcheck disable=SC2016
git config --global credential.helper '!printf "username=oauth2\npassword=%s\n" "$LAUREL_GIT_TOKEN"; :'
git clone -q "$LAUREL_REPO" "$work/models"
models() { git -C "$work/models" "$@"; }

# ---- a promotion
newest() { models ls-tree -r --name-only origin/main models/spy-direction/versions | sed -n 's#.*/\(v[0-9]*\)/version\.yaml$#\1#p' | sort -V | tail -n 1; }
if [ "$(newest)" = "$first" ]; then
    kubectl -n laurel create job --from=cronjob/trainer "e2e-$(date +%s)" -o name >"$work/job"
    kubectl -n laurel wait --for=condition=complete --timeout=600s "$(cat "$work/job")" >/dev/null
    models fetch -q
fi
second=$(newest)
[ "$second" != "$first" ] || fail "training registered no version above $first"
begin=$SECONDS
# It prints what each hop took; which are Argo CD's, the pod's and the server's: docs/operations.md.
"$root/laurel" promote spy-direction "$second" --reason "the story" --wait "$PREDICTIONS" --wait-seconds 600
answers_with "$second" || fail "another one answers after the wait: $(ask)"
ok "$second answers $((SECONDS - begin)) s after its promotion"
wait_for 300 "$application synced and healthy" is_settled

# ---- a bad pin, which the Git host lets in: a version that is not what its digest says. Somebody asks all the while.
(while true; do
    ask | grep -q '"prediction"' && echo yes || echo no
    sleep 0.5
done >"$work/asked") &
asker=$!
models pull -q --ff-only
template() { kubectl -n laurel-production get deployment spy-direction-server -o 'jsonpath={.spec.template}'; }
template >"$work/template"
begin=$SECONDS
sed -i 's/^digest: .*/digest: sha256:0000000000000000000000000000000000000000000000000000000000000000/' "$work/models/$pin"
models commit -q --all -m "Pin something that is not there"
models push -q
wait_for 600 "the verifier to reject the bad pin" says "would not be served"
wait_for 60 "Argo CD to notice the bad pin" notices_bad_pin
ok "after $((SECONDS - begin)) s the Application has the reason: $(verdict | tail -n 1)"
template | cmp -s - "$work/template" || fail "the bad pin was applied to the Deployment"
answers_with "$second" || fail "another one answers beside the bad pin: $(ask)"
ok "the bad pin shows as $(state operationState.phase), $(state health.status); $second answers as before"

# ---- the revert of it, which has to overtake the sync that is stuck
begin=$SECONDS
revert_newest() {
    models revert --no-edit HEAD >/dev/null
    models push -q
    wait_for 900 "$application to be synced to the revert" is_synced_to "$(models rev-parse HEAD)"
    answers_with "$second" || fail "after the revert: $(ask)"
}
is_synced_to() { is sync.revision "$1" && is operationState.phase Succeeded && is_settled; }
revert_newest
ok "the revert was synced after $((SECONDS - begin)) s"

# ---- the repository out of reach of the verifier, which tries again by itself and then lets Argo CD do so
sed -i 's#^\(  repository: http://[^/:]*\):[0-9]*/#\1:30399/#' "$work/models/$settings"
models commit -q --all -m "The repository moves to where nobody answers"
models push -q
wait_for 300 "the verifier to find nobody" says "cannot be judged now"
answers_with "$second" || fail "another one answers beside the wrong address: $(ask)"
ok "out of reach is no verdict: $(verdict | tail -n 1)"
revert_newest
kill "$asker"
wait "$asker" 2>/dev/null || true
asker=
! grep -q no "$work/asked" || fail "$(grep -c no "$work/asked") of $(wc -l <"$work/asked") questions had no answer while the pin was bad"
ok "all $(wc -l <"$work/asked") questions meanwhile were answered"

# ---- the Git host away: the successor of a pod takes its bytes from its sibling
git_host() { kubectl -n laurel scale statefulset git --replicas="$1" >/dev/null; }
pods() { kubectl -n laurel-production get pods -l laurel.dev/model=spy-direction,app.kubernetes.io/name=laurel-server "$@"; }
ready() { pods -o 'jsonpath={range .items[?(@.status.containerStatuses[0].ready==true)]}{.metadata.name}{"\n"}{end}' | grep -c .; }
are_ready() { [ "$(ready)" -ge "$1" ]; }
git_is_away() { [ -z "$(kubectl -n laurel get pods -l app.kubernetes.io/name=laurel-git -o name)" ]; }
is_there() { pods -o name | grep -qx "$1"; }
is_gone() { ! is_there "$1"; }
kubectl -n laurel-production scale deployment spy-direction-server --replicas=2 >/dev/null
wait_for 300 "two pods of the model" are_ready 2
begin=$SECONDS
git_away=yes
git_host 0
wait_for 300 "the Git host to go" git_is_away
# (Not by head, which kubectl may still be writing to.)
deleted=$(pods -o 'jsonpath=pod/{.items[0].metadata.name}')
kubectl -n laurel-production delete "$deleted" --wait=false >/dev/null
wait_for 120 "$deleted to go" is_gone "$deleted"
wait_for 120 "its successor, without the Git host" are_ready 2
git_is_away || fail "the Git host was there again before the successor was ready"
answers_with "$second" || fail "without the Git host: $(ask)"
ok "without the Git host the successor of a pod was ready $((SECONDS - begin)) s after the host began to go"
git_host 1
git_away=
kubectl -n laurel rollout status statefulset git --timeout=300s >/dev/null
asks_git() { git ls-remote -q "$LAUREL_REPO" main >/dev/null 2>&1; }
wait_for 300 "the Git host to be back" asks_git

# ---- the promotion taken back
begin=$SECONDS
promotion=$(models log --format=%H -1 --grep "^Promote spy-direction $second in production")
models revert --no-edit "$promotion" >/dev/null
models push -q
wait_for 600 "the answer of $first" answers_with "$first"
ok "$first answers $((SECONDS - begin)) s after the revert of the promotion"
"$root/laurel" status | grep -q held || fail "laurel status does not say that the pin is held"
ok "the pin is held: $("$root/laurel" status | grep held)"
all_passed
