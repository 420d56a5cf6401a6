#!/usr/bin/env bash
# compose.yaml is one that `docker compose` takes, its images are those of the manifests, it has no secret in it and opens no port to others.
# Where docker compose is not installed, the loader that it is made of reads the file (compose-go, which go fetches); neither wants a daemon.
set -euo pipefail
# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
cd "$root"

config() {
    if docker compose version >/dev/null 2>&1; then
        docker compose --file "$1" config
    else
        go run github.com/compose-spec/compose-go/v2/cmd@v2.16.2 "$1"
    fi
}

trap 'rm -rf "$work"' EXIT

config compose.yaml >"$work/config"
ok "compose.yaml can be loaded"

# Or the line above would say nothing.
sed 's/^    read_only:/    readonly:/' compose.yaml >"$work/wrong.yaml"
if config "$work/wrong.yaml" >"$work/said" 2>&1; then
    fail "a field that is none was accepted"
fi
grep -q readonly "$work/said" || fail "a field that is none: $(cat "$work/said")"
ok "a field that is none is refused"

{ kubectl kustomize manifests/overlays/local 2>/dev/null || kustomize build manifests/overlays/local; } |
    sed -n 's/^ *image: //p' | sort -u >"$work/expected"
sed -n 's/^ *image: //p' "$work/config" | grep -v '^quay\.io/minio/minio:.*@sha256:' | sort -u >"$work/found"
diff "$work/expected" "$work/found" >&2 || fail "images (expected: those of the manifests, and MinIO by its digest)"
ok "the images are those of the manifests"

if grep -E '^ *[A-Za-z_]+(PASSWORD|TOKEN|SECRET|KEY)[A-Z_]*: ' "$work/config" | grep -v '_FILE: /secrets/' >&2; then
    fail "a secret that is not in a file of a volume"
fi
ok "secrets are in files of volumes"

[ "$(grep -c 'published:' "$work/config")" = "$(grep -c 'host_ip: 127\.0\.0\.1$' "$work/config")" ] || fail "a port that is open to others (expected: 127.0.0.1)"
ok "ports are this machine's own"
all_passed
