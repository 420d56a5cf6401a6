#!/usr/bin/env bash
# The archive of a release: packed twice it is the same, unpacked it runs without building anything, and a runner installs it by its checksum.
set -euo pipefail

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
trap 'rm -rf "$work"' EXIT

"$root/release/archive.sh" >"$work/first"
"$root/release/archive.sh" >"$work/second"
cmp "$work/first" "$work/second" || fail "packed again it is another archive"
archive=$(cut -d ' ' -f 3 "$work/first")
version=${archive#laurel-}
version=${version%.tar.gz}
if TAG=v0.0.0 "$root/release/archive.sh" 2>/dev/null; then
    fail "a tag that is not the version was accepted"
fi
ok "$archive, $(wc -c <"$root/target/release/$archive") bytes, twice the same"

# As on a runner.
mkdir -p "$work/downloads/v$version" "$work/runner"
cp "$root/target/release/$archive" "$work/downloads/v$version/"
cp "$root/model-repo/src/main/resources/dev/laurel/registry/layout/workflows/install.sh" "$work/"
cp "$root/target/release/$archive.sha256" "$work/release.sha256"
export RUNNER_TEMP=$work/runner GITHUB_ENV=$work/env GITHUB_PATH=$work/path
LAUREL_DOWNLOADS=file://$work/downloads bash "$work/install.sh" >"$work/said"
grep -qx "laurel $version" "$work/said" || fail "laurel --version: $(cat "$work/said")"
laurel=$(cat "$work/path")/laurel
chmod -R a-w "$(cat "$work/path")"
"$laurel" init --offline --repo "$work/models.git" >/dev/null
"$laurel" verify --repo "$work/models.git" | grep -q 'no faults' || fail "laurel verify"
[ ! -e "$(cat "$work/path")/target/laurel/current" ] || fail "it built something"
# The classes are cached in the background.
for _ in $(seq 300); do
    compgen -G "$(cat "$work/path")/cache-*/maker" >/dev/null || break
    sleep 0.2
done
chmod -R u+w "$(cat "$work/path")"
git clone -q "$work/models.git" "$work/models"
ok "installed by its checksum, it runs and builds nothing"

# Moving the server of an environment changes its image and nothing else.
kustomization=$work/models/environments/production/server/kustomization.yaml
digest=sha256:$(printf '%064d' 7)
for moved in 9.8.7 9.8.8; do
    "$root/release/move-server.sh" "$work/models" production "$moved" "$digest"
    [ "$(git -C "$work/models" diff --numstat)" = "2	1	environments/production/server/kustomization.yaml" ] ||
        fail "move-server: $(git -C "$work/models" diff)"
    grep -q "newTag: $moved" "$kustomization" || fail "move-server: $(cat "$kustomization")"
done
if "$root/release/move-server.sh" "$work/models" nowhere 9.8.7 "$digest" 2>/dev/null; then
    fail "an environment that is not there was moved"
fi
"$laurel" train spy-direction --offline --repo "$work/models.git" >/dev/null
git -C "$work/models" pull -q
render() { if command -v kustomize >/dev/null; then kustomize build "$1"; else kubectl kustomize "$1"; fi; }
render "$work/models/environments/production/spy-direction" >"$work/rendered"
[ "$(grep -c "image: ghcr.io/laurel-ml/laurel-server:9.8.8@$digest" "$work/rendered")" = 2 ] ||
    fail "the pods do not run the digest: $(grep image: "$work/rendered")"
ok "a server is moved to $digest"

printf '## Unreleased\n\n- b\n\n## 1.2.0\n\n- a\n\n## 1.1.0\n' >"$work/changelog"
[ "$(CHANGELOG=$work/changelog "$root/release/notes.sh" 1.2.0)" = $'\n- a' ] || fail "the notes of 1.2.0"
if CHANGELOG=$work/changelog "$root/release/notes.sh" 1.1.0 2>/dev/null; then
    fail "a version without notes was accepted"
fi
ok "the notes of a version"
all_passed
