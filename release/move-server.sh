#!/usr/bin/env bash
# Moves the server image of an environment, in the work tree of a models repository: move-server.sh CLONE ENVIRONMENT VERSION DIGEST
# Changes environments/<environment>/server/kustomization.yaml and nothing else. Pods run the digest; the version is for people.
set -euo pipefail

if [ $# -ne 4 ]; then
    echo "usage: move-server.sh CLONE ENVIRONMENT VERSION DIGEST" >&2
    exit 2
fi
file=$1/environments/$2/server/kustomization.yaml
version=$3
digest=$4
[[ $2 =~ ^[a-z][a-z0-9]*$ ]] || { echo "environment: $2 (expected: a name such as staging)" >&2 && exit 2; }
[[ $version =~ ^[0-9][0-9A-Za-z.+-]*$ ]] || { echo "version: $version (expected: such as 0.2.0)" >&2 && exit 2; }
[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "digest: $digest (expected: sha256: and 64 hex digits)" >&2 && exit 2; }

awk -v version="$version" -v digest="$digest" '
    function move() { if (inside && !moved) { print "    newTag: " version; print "    digest: " digest; moved = 1 } inside = 0 }
    # What says which image stands one level deeper than the item that names it.
    inside && !/^    / { move() }
    inside && /^    (newTag|digest):/ { next }
    /^  - name: ghcr\.io\/laurel-ml\/laurel-server$/ { inside = 1 }
    { print }
    END { move(); exit !moved }' "$file" >"$file.new" || {
    rm -f "$file.new"
    echo "$file: no image ghcr.io/laurel-ml/laurel-server (expected: an entry in images)" >&2
    exit 1
}
mv "$file.new" "$file"
