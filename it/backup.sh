#!/usr/bin/env bash
# Backup and restore of a models repository, by the very lines of docs/operations.md: taken beside a writer, the original destroyed, restored.
set -euo pipefail

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
trap 'touch "$work/enough"; wait; rm -rf "$work"' EXIT

export MODELS=$work/models.git BACKUP=$work/backup
git_of_its_own
git config --global safe.directory '*'

laurel() { "$root/laurel" "$@"; }

# The lines between two marks of the document, as a reader copies them.
printed() {
    sed -n "/^<!-- $1 -->\$/,/^<!-- end -->\$/s/^    //p" "$root/docs/operations.md"
}

run_printed() {
    local lines
    lines=$(printed "$1")
    [ "$(wc -l <<<"$lines")" -ge 4 ] || fail "docs/operations.md has no $1"
    (cd "$root" && bash -euo pipefail -c "$lines") >"$work/said.log" 2>&1 || fail "$1"
}

main_of() { git -C "$1" rev-parse main; }

laurel init --offline --repo "$MODELS" >"$work/said.log" 2>&1
laurel train spy-direction --offline --repo "$MODELS" >"$work/said.log" 2>&1
mkdir "$BACKUP"

# Somebody registers all the while.
(while [ ! -e "$work/enough" ] && laurel train spy-direction --offline --repo "$MODELS"; do :; done) >/dev/null 2>&1 &
run_printed backup
ok "backed up beside a writer, and verified: $(tail -n 1 "$work/said.log")"
first=$(main_of "$BACKUP/models.git")
while [ "$(main_of "$MODELS")" = "$first" ]; do sleep 0.2; done
touch "$work/enough"
wait
run_printed backup
[ "$(main_of "$BACKUP/models.git")" = "$(main_of "$MODELS")" ] || fail "the second backup is behind"
ok "the second backup took what came meanwhile: $(tail -n 1 "$work/said.log")"

before=$(laurel status --output json --repo "$MODELS")
main=$(main_of "$MODELS")
rm -rf "$MODELS"
run_printed restore
[ "$(main_of "$MODELS")" = "$main" ] || fail "main is another one after the restore"
[ "$(laurel status --output json --repo "$MODELS")" = "$before" ] || fail "the status is another one after the restore"
ok "restored: the same main, the same status"

git -C "$MODELS" fsck --strict >"$work/said.log" 2>&1 || fail "git fsck"
git clone -q "$MODELS" "$work/clone" 2>"$work/said.log" || fail "git clone"
(cd "$work/clone" && git lfs install --local && git lfs pull && git lfs fsck) >"$work/said.log" 2>&1 || fail "git lfs"
ok "git fsck and git lfs fsck are clean"
laurel rollback spy-direction --env production --reason "a drill" --repo "$MODELS" >"$work/said.log" 2>&1 || fail "rollback"
laurel verify --repo "$MODELS" >"$work/said.log" 2>&1 || fail "verify"
ok "written to again: $(tail -n 1 "$work/said.log")"

# What it is there for: a byte that rots is found, and comes back.
object=$(find "$MODELS/lfs/objects" -type f -size +1k | sort | head -n 1)
chmod u+w "$object"
printf 'x' | dd of="$object" bs=1 seek=100 conv=notrunc status=none
if laurel verify --repo "$MODELS" >"$work/said.log" 2>&1; then
    fail "verify did not notice a byte that changed"
fi
cp "$BACKUP/models.git/${object#"$MODELS"/}" "$object"
laurel verify --repo "$MODELS" >"$work/said.log" 2>&1 || fail "verify after the object came back"
ok "a byte that rots is found by verify, and the object of the backup heals it"
all_passed
