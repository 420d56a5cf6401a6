#!/usr/bin/env bash
# compose.yaml is one that `docker compose` takes, its images are those of the manifests, it has no secret in it and opens no port to others.
# Where docker compose is not installed, the loader that it is made of reads the file (compose-go, which go fetches); neither wants a daemon.
set -euo pipefail
# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
cd "$root"

# config FILE [yaml|json]: with the services of all profiles.
config() {
    if docker compose version >/dev/null 2>&1; then
        docker compose --file "$1" --profile monitoring config --format "${2:-yaml}"
    else
        go run github.com/compose-spec/compose-go/v2/cmd@v2.16.2 -format "${2:-yaml}" "$1"
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
sed -n 's/^ *image: //p' "$work/config" | grep -v '^quay\.io/minio/minio:.*@sha256:' | grep -v '^docker\.io/' | sort -u >"$work/found"
diff "$work/expected" "$work/found" >&2 || fail "images (expected: those of the manifests, and MinIO by its digest)"
ok "the images are those of the manifests"

config compose.yaml json >"$work/config.json"
jq -r '.services[] | select(.image | startswith("docker.io/")) | .image' "$work/config.json" | sed 's/:.*//' | sort >"$work/found"
printf 'docker.io/%s\n' grafana/alloy grafana/grafana grafana/loki library/postgres prom/prometheus | diff - "$work/found" >&2 ||
    fail "images of monitoring"
jq -e 'all(.services[]; (.image | startswith("docker.io/") | not) or .profiles == ["monitoring"])' "$work/config.json" >/dev/null ||
    fail "a program of monitoring that starts without the profile"
jq -r '.services[].volumes[]? | select(.type == "bind") | .source' "$work/config.json" | grep "^$root/" | while IFS= read -r source; do
    [ -e "$source" ] || fail "$source is mounted (expected: a file of ours)"
done
ok "the profile monitoring has Prometheus, Grafana, Loki, Alloy and PostgreSQL, with files that are there; without it none of them starts"

# The loader of compose-go interpolates nothing from the environment, so the shell does, which has the same syntax for it.
address=$(sed -n 's/^  LAUREL_DATABASE_URL: \(\${.*\)$/\1/p' compose.yaml)
with() { COMPOSE_PROFILES=$1 bash -c "echo \"$address\""; }
[ -z "$(with "")" ] || fail "without the profile server and trainer ask for a database"
[ "$(with monitoring)" = jdbc:postgresql://postgresql:5432/laurel ] || fail "with the profile server and trainer ask for '$(with monitoring)'"
jq -e 'all(.services.server, .services.trainer; (.group_add == ["1000"]) and .environment.LAUREL_DATABASE_URL == "" and any(.volumes[]; .target == "/secrets/database" and .read_only))' \
    "$work/config.json" >/dev/null || fail "server and trainer cannot read the password of the database"
ok "server and trainer keep feedback in PostgreSQL with COMPOSE_PROFILES=monitoring, and without it ask for none"

if grep -E '^ *[A-Za-z_]+(PASSWORD|TOKEN|SECRET|KEY)[A-Z_]*: ' "$work/config" | grep -v '_FILE: /secrets/' >&2; then
    fail "a secret that is not in a file of a volume"
fi
ok "secrets are in files of volumes"

[ "$(grep -c 'published:' "$work/config")" = "$(grep -c 'host_ip: 127\.0\.0\.1$' "$work/config")" ] || fail "a port that is open to others (expected: 127.0.0.1)"
ok "ports are this machine's own"
all_passed
