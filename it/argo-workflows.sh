#!/usr/bin/env bash
# Holds the CronWorkflow of components/argo-workflows, and the Workflows that `laurel shard` prints, against Argo's own CRDs: those of the Go module,
# whose sum stands here, and which are not kept. A field that they do not know is an error. Needs the Go module proxy and PyPI; left out without them.
set -euo pipefail

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
trap 'rm -rf "$work"' EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

version=v3.7.4
sum=d50c31c4c6b59617c8a672c985aaccf817de8f11bdaa60e63e49bcab29d11727
module=$work/module.zip
if ! curl -fsSL --max-time 120 -o "$module" "https://proxy.golang.org/github.com/argoproj/argo-workflows/v3/@v/$version.zip" 2>"$work/curl.log"; then
    echo "left out: Argo's CRDs cannot be had"
    exit 0
fi
echo "$sum  $module" | sha256sum -c --quiet || fail "the module is not the one whose sum stands here"
unzip -q -j "$module" '*/manifests/base/crds/full/*flows.yaml' -d "$work/crds"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pyyaml==6.0.2 jsonschema==4.23.0 >"$work/pip.log" 2>&1 || { echo "left out: PyPI cannot be reached"; exit 0; }

# Megabytes of YAML take seconds to read, so they are read once.
"$work/venv/bin/python" - "$work/crds" <<'PY'
import json, pathlib, sys, yaml
for path in pathlib.Path(sys.argv[1]).glob("*.yaml"):
    path.with_suffix(".json").write_text(json.dumps(yaml.load(path.read_text(), yaml.CSafeLoader)))
PY
cat >"$work/check.py" <<'PY'
import json, pathlib, sys, yaml, jsonschema

def strict(schema):
    if not isinstance(schema, dict):
        return schema
    if schema.get("x-kubernetes-int-or-string"):
        return {"type": ["string", "integer"]}
    if "properties" in schema and "additionalProperties" not in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        schema["additionalProperties"] = False
    for key, value in schema.get("properties", {}).items():
        schema["properties"][key] = strict(value)
    for key in ("items", "additionalProperties"):
        if key in schema:
            schema[key] = strict(schema[key])
    return schema

kinds = {}
for crd in map(json.loads, (p.read_text() for p in pathlib.Path(sys.argv[1]).glob("*.json"))):
    schema = crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    schema["properties"]["metadata"] = {"type": "object"}
    kinds[crd["spec"]["names"]["kind"]] = jsonschema.Draft7Validator(strict(schema))
checked = 0
for object in yaml.safe_load_all(sys.stdin):
    if object["apiVersion"].startswith("argoproj.io"):
        for error in kinds[object["kind"]].iter_errors(object):
            sys.exit(f"{object['kind']}: {'/'.join(map(str, error.path))}: {error.message[:300]}")
        checked += 1
sys.exit(0 if checked else "nothing of Argo Workflows to check")
PY
check() { "$work/venv/bin/python" "$work/check.py" "$work/crds"; }
render() { if command -v kustomize >/dev/null; then kustomize build "$1"; else kubectl kustomize "$1"; fi; }

cp -r "$root/manifests" "$work/manifests"
for overlay in local production; do
    trainer=$work/manifests/overlays/$overlay/trainer
    sed -i 's#  - ../address#&\n  - ../../../components/argo-workflows#' "$trainer/kustomization.yaml"
    render "$trainer" >"$work/$overlay.yaml"
    check <"$work/$overlay.yaml" || fail "the CronWorkflow of $overlay"
    ok "the CronWorkflow of $overlay keeps Argo's CRD"
done
if sed 's/retryPolicy/retrysPolicy/' "$work/local.yaml" | check >/dev/null 2>&1; then fail "a wrong field is not noticed"; fi
ok "a wrong field is noticed"

for schedule in "" "--schedule=0 3 * * *"; do
    "$root/laurel" shard --shards 50 --form workflow ${schedule:+"$schedule"} -- predict iris --from /work/rows.csv --to /work/p.csv | check
    "$root/laurel" shard --shards 8 --form workflow ${schedule:+"$schedule"} -- train gold-change --cache /work/cache | check
done
ok "the Workflows and CronWorkflows of laurel shard keep Argo's CRDs"
all_passed
