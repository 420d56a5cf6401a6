#!/bin/bash
# Makes an empty Forgejo the home of the models repository. Runs as a Job, as often as it likes: each step looks whether it was done.
# GIT_HOST: Forgejo inside the cluster; ARGO_CD_WEBHOOK: whom to tell of pushes; NAMESPACE: where Secrets are made.
# Reads /work/models.git, the first commit, and the Kubernetes API's token where it is mounted.
set -euo pipefail

account=/var/run/secrets/kubernetes.io/serviceaccount
namespaces=https://kubernetes.default.svc/api/v1/namespaces
secrets=$NAMESPACE/secrets

# kubernetes METHOD PATH [TYPE, of a body on standard input]: prints the answer; fails with the status of an error. No secret gets into the
# process list.
kubernetes() {
    local body=()
    [ $# -lt 3 ] || body=(--header "Content-Type: $3" --data-binary @-)
    curl --silent --show-error --fail --cacert "$account/ca.crt" \
        --config <(printf 'header = "Authorization: Bearer %s"\n' "$(cat "$account/token")") \
        --request "$1" "${body[@]}" "$namespaces/$2"
}

has_secret() {
    kubernetes GET "$secrets/$1" >/dev/null 2>&1
}

# make_secret NAME KEY VALUE
make_secret() {
    printf '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"%s"},"type":"Opaque","stringData":{"%s":"%s"}}' "$1" "$2" "$3" |
        kubernetes POST "$secrets" application/json >/dev/null
    echo "made the Secret $1"
}

value_of_secret() {
    kubernetes GET "$secrets/$1" | sed -n 's/.*"'"$2"'": *"\([^"]*\)".*/\1/p' | head -n 1 | base64 -d
}

# Without Kubernetes, as in compose.yaml: SECRETS is a folder with a folder for each Secret, and in that a file for each key.
if [ -n "${SECRETS:-}" ]; then
    has_secret() { [ -n "$(ls "$SECRETS/$1")" ]; }
    make_secret() { (umask 337 && printf %s "$3" >"$SECRETS/$1/.$2" && mv "$SECRETS/$1/.$2" "$SECRETS/$1/$2"); }
    value_of_secret() { cat "$SECRETS/$1/$2"; }
fi

random() {
    head -c 32 /dev/urandom | base64 | tr -d '/+=\n' | head -c 32
}

# forgejo METHOD PATH [JSON]: as the owner.
forgejo() {
    local body=()
    [ $# -lt 3 ] || body=(--header 'Content-Type: application/json' --data-binary @-)
    curl --silent --show-error --fail-with-body --config <(printf 'user = "owner:%s"\n' "$password") \
        --request "$1" "${body[@]}" "$GIT_HOST/api/v1$2" <<<"${3:-}"
}

exists() {
    forgejo GET "$1" >/dev/null 2>&1
}

wait_for_forgejo() {
    local tries
    for ((tries = 0; tries < 180; tries++)); do
        ! curl --silent --fail --output /dev/null "$GIT_HOST/api/healthz" || return 0
        sleep 2
    done
    echo "$GIT_HOST: no answer for six minutes (expected: Forgejo; see its pod's log)" >&2
    return 1
}

# 1. The owner. Forgejo's pod starts when the Secret is there, and makes the user from it.
has_secret git-owner || make_secret git-owner password "$(random)"
password=$(value_of_secret git-owner password)
wait_for_forgejo

# 2. The trainer: a user that may push, known by a token.
exists /users/trainer || forgejo POST /admin/users \
    '{"username":"trainer","email":"trainer@laurel.invalid","must_change_password":false,"password":"'"$(random)"'"}' >/dev/null
exists /orgs/laurel || forgejo POST /orgs '{"username":"laurel","visibility":"public"}' >/dev/null
exists /repos/laurel/models || forgejo POST /orgs/laurel/repos \
    '{"name":"models","default_branch":"main","private":false,"description":"The model registry: what runs is what main pins."}' >/dev/null
forgejo PUT /repos/laurel/models/collaborators/trainer '{"permission":"write"}' >/dev/null
if ! has_secret trainer-git; then
    forgejo DELETE '/users/trainer/tokens/trainer' >/dev/null 2>&1 || true
    token=$(forgejo POST '/users/trainer/tokens' '{"name":"trainer","scopes":["write:repository","write:issue"]}' |
        sed -n 's/.*"sha1": *"\([^"]*\)".*/\1/p')
    make_secret trainer-git token "$token"
fi

# 3. The first commit, and who has to look at changes. Only an empty repository gets them.
if ! exists /repos/laurel/models/branches/main; then
    export GIT_CONFIG_NOSYSTEM=1 HOME=/tmp
    git clone --quiet /work/models.git /work/clone
    install -D -m 644 /first-start/CODEOWNERS /work/clone/.forgejo/CODEOWNERS
    git -C /work/clone add .forgejo/CODEOWNERS
    git -C /work/clone -c user.name=Laurel -c user.email=laurel@laurel.invalid commit --quiet -m "Say who looks at changes"
    # The helper is a command line of Git's own, which reads the password where no process list shows it.
    # shellcheck disable=SC2016
    OWNER_PASSWORD=$password git -C /work/clone -c credential.helper='!printf "username=owner\npassword=%s\n" "$OWNER_PASSWORD"; :' \
        push --quiet "$GIT_HOST/laurel/models.git" HEAD:refs/heads/main
    echo "pushed the first commit"
fi

# 4. main takes pushes of the trainer and of the owner, everybody else's changes come by pull request.
exists /repos/laurel/models/branch_protections/main || forgejo POST /repos/laurel/models/branch_protections '{
    "rule_name": "main",
    "enable_push": true,
    "enable_push_whitelist": true,
    "push_whitelist_usernames": ["owner", "trainer"],
    "required_approvals": 1,
    "block_on_outdated_branch": true,
    "dismiss_stale_approvals": true
}' >/dev/null

# 5. Argo CD hears of a push at once, and believes it, since it is signed with a secret that both have. Forgejo tells nobody a hook's secret,
# nor does it change one: so each run makes the hook anew.
if [ -n "$ARGO_CD_WEBHOOK" ]; then
    has_secret git-webhook || make_secret git-webhook secret "$(random)"
    webhook_secret=$(value_of_secret git-webhook secret)
    if ! printf '{"stringData":{"secret":"%s"}}' "$webhook_secret" |
        kubernetes PATCH argocd/secrets/laurel-webhook application/merge-patch+json >/dev/null; then
        echo "Argo CD does not take the webhook's secret (expected: argocd/overlays/<name> applied, which makes room for it); tries again" >&2
        exit 1
    fi
    hooks=$(forgejo GET '/repos/laurel/models/hooks?limit=50')
    forgejo POST /repos/laurel/models/hooks '{
        "type": "forgejo",
        "active": true,
        "events": ["push"],
        "branch_filter": "main",
        "config": {"url": "'"$ARGO_CD_WEBHOOK"'", "content_type": "json", "secret": "'"$webhook_secret"'"}
    }' >/dev/null
    # One hook to a line, its id at the beginning.
    tr -d '\n' <<<"$hooks" | sed 's/{"id":/\n&/g' | sed -n '\|"url": *"'"$ARGO_CD_WEBHOOK"'"|s/^{"id": *\([0-9]*\).*/\1/p' |
        while read -r old; do
            forgejo DELETE "/repos/laurel/models/hooks/$old"
        done
fi
echo "the models repository is at home"
