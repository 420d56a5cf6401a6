#!/usr/bin/env bash
# Holds what is applied to a cluster, and what a new models repository renders to, against the schemas of the versions of Kubernetes that are
# named: it/kubeconform.sh 1.31.0 1.34.0. Needs kubeconform, kubectl or kustomize, and the network for the schemas.
# SCHEMAS: where they are instead, as kubeconform takes it.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Kubernetes' own, and those of Argo CD, Argo Rollouts and the Prometheus operator from the catalogue of custom resources.
schemas=(-schema-location default -schema-location
    'https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json')
[ -z "${SCHEMAS:-}" ] || schemas=(-schema-location "$SCHEMAS")

render() { if command -v kustomize >/dev/null; then kustomize build "$1"; else kubectl kustomize "$1"; fi; }
check() { kubeconform -strict -summary "${schemas[@]}" -kubernetes-version "$1" "${@:2}"; }

"$root/laurel" init --offline --repo "$work/models.git" --env local --env staging --env production >/dev/null
"$root/laurel" train spy-direction --offline --repo "$work/models.git" >/dev/null
for environment in local staging; do
    "$root/laurel" promote spy-direction v1 --env "$environment" --reason "for a look" --repo "$work/models.git" >/dev/null
done
git clone -q "$work/models.git" "$work/models"

mkdir "$work/rendered"
for folder in "$root"/manifests/overlays/* "$root"/manifests/examples/* "$root"/argocd/overlays/* "$root"/argocd/platform "$work"/models/environments/*/spy-direction; do
    name=${folder#"$root/"}
    name=${name#"$work/"}
    render "$folder" >"$work/rendered/${name//\//-}.yaml"
done

for kubernetes in "${@:?usage: kubeconform.sh VERSION...}"; do
    echo "Kubernetes $kubernetes"
    check "$kubernetes" "$work/rendered"
    sed 's/imagePullPolicy/imagePullPolice/; s/readinessProbe/readynessProbe/' "$work/rendered/models-environments-production-spy-direction.yaml" >"$work/wrong.yaml"
    if check "$kubernetes" "$work/wrong.yaml" >/dev/null; then
        echo "failed: a wrong field is not noticed" >&2
        exit 1
    fi
done
