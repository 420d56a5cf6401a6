#!/usr/bin/env bash
# Brings Argo CD and everything of manifests/overlays/local to the cluster that kubectl talks to, and waits for the first prediction. The
# cluster has the images already. As often as you like: what is as it should be stays as it is.
# Up to `fetch` nothing needs the network; LAUREL_FETCH names a command that takes its place.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=provision/network.sh
. provision/network.sh

version=v3.5.1
digest=795a3a972224da6a7f9d32c3e946445f062b60fb46028476715affeb688236e3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The machine whose ports lead to Git host, predictions, pages and Argo CD.
host=$(sed -n 's#^  root: http://\(.*\):[0-9]*/$#\1#p' manifests/overlays/local/address/fill/address.yaml)
answer=http://$host:30951/predictionForTomorrow

fetch() {
    command -v curl >/dev/null || packages ca-certificates curl
    download "https://raw.githubusercontent.com/argoproj/argo-cd/$version/manifests/install.yaml" "$digest" "$work/argo-cd.yaml"
}

wait_for_answer() {
    local tries
    echo "waiting for $answer, a few minutes the first time: images are fetched, a model is trained, promoted and brought to its pods"
    for ((tries = 0; tries < 150; tries++)); do
        if curl --fail --silent --max-time 5 "$answer"; then
            echo
            return
        fi
        sleep 4
    done
    echo "$answer: no answer after ten minutes; what waits for what:" >&2
    kubectl get pods -n laurel >&2
    kubectl get pods -n laurel-production >&2
    kubectl get applications -n argocd >&2
    return 1
}

"${LAUREL_FETCH:-fetch}"

kubectl get namespace argocd >/dev/null 2>&1 || kubectl create namespace argocd
# Its settings before itself: it reads some of them when it starts, and then never again.
kubectl apply -n argocd -f argocd/base/settings.yaml
# Its definitions are too large for what kubectl would remember of them.
kubectl apply -n argocd --server-side --force-conflicts -f "$work/argo-cd.yaml" >/dev/null
kubectl wait --for=condition=Established --timeout=60s \
    crd/applications.argoproj.io crd/applicationsets.argoproj.io crd/appprojects.argoproj.io

# A Job cannot be changed, only made again; both look first what is left to do.
kubectl delete job -n laurel --ignore-not-found git-first-start trainer-first-run
# Argo CD's part first: it makes room for the secret of the webhook.
kubectl apply -k argocd/overlays/local
kubectl apply -k manifests/overlays/local

# Where there was no repository yet, Argo CD looks for pins in three minutes, or now.
if kubectl wait --for=condition=complete --timeout=10m -n laurel job/trainer-first-run; then
    kubectl annotate applicationset models -n argocd --overwrite argocd.argoproj.io/application-set-refresh=true
fi
wait_for_answer
