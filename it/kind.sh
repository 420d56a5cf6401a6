#!/usr/bin/env bash
# The cluster of the Vagrantfile on a Linux machine with Docker, kind, kubectl and a JDK: one node at the address that manifests/overlays/local
# names, Argo CD, and images built from this checkout. As often as you like; `it/kind.sh delete` takes it away.
set -euo pipefail
cd "$(dirname "$0")/.."

cluster=laurel
node=kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a
# kind takes a network that is there as it is, and this one has a single address to give.
export KIND_EXPERIMENTAL_DOCKER_NETWORK=$cluster

if [ "${1:-}" = delete ]; then
    kind delete cluster --name "$cluster"
    docker network rm "$cluster"
    exit
fi

docker network inspect "$cluster" >/dev/null 2>&1 ||
    docker network create --subnet 192.168.56.0/24 --gateway 192.168.56.1 --ip-range 192.168.56.10/32 "$cluster"
kind get clusters | grep -qx "$cluster" || kind create cluster --name "$cluster" --image "$node" --wait 3m
kubectl config use-context "kind-$cluster"

./mvnw -B -q -ntp -Pimages -Dlaurel.checks=off -Dmaven.test.skip=true -pl server,cli -am package
images=$(provision/images.sh names)
for name in $images; do
    module=${name##*/laurel-}
    docker build --quiet --build-arg "VERSION=${name##*:}" --build-arg "REVISION=$(git rev-parse HEAD)" \
        --file "${module%%:*}/Dockerfile" --tag "$name" .
    kind load docker-image --name "$cluster" "$name"
done
provision/platform.sh

cat <<'END'
Prediction  http://192.168.56.10:30951/predictionForTomorrow
Pages       http://192.168.56.10:30952
Git host    http://192.168.56.10:30300/laurel/models, user owner:
            kubectl get secret git-owner -n laurel -o jsonpath={.data.password} | base64 -d
Argo CD     https://192.168.56.10:30443, user admin:
            kubectl get secret argocd-initial-admin-secret -n argocd -o jsonpath={.data.password} | base64 -d
END
