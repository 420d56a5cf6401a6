#!/usr/bin/env bash
# Whether what a training run registers is on disk before the branch shows it: traces it with strace and looks at the order.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
repository=$work/models.git

"$root/laurel" init --offline --repo "$repository" >/dev/null

# -f since the launcher is not the process that writes.
strace -f -y -qq -e trace=mkdir,mkdirat,rename,renameat,renameat2,fsync,fdatasync -o "$work/trace" \
    "$root/laurel" train spy-direction --offline --repo "$repository" >/dev/null

# A call that another process comes between stands on two lines; the name of the file on the first.
awk -v repository="$repository" '
    function folder(path) { sub("/[^/]*$", "", path); return path }
    function synced(path) { delete dirty[path]; clean[path] = 1; syncs++ }
    # Only what readers come to by the branch: Git objects and LFS objects, and the folders on the way to them.
    function matters(path) { return index(path, repository "/objects/") == 1 || index(path, repository "/lfs/objects") == 1 || path == repository "/lfs" }
    function fail(text) { print "failed: line " NR " of the trace: " text > "/dev/stderr"; failed = 1; exit 1 }
    / = -1 / { next }
    /<\.\.\. f(data)?sync resumed>/ { synced(begun[$1]); next }
    / f(data)?sync\(/ {
        path = $0; sub("^[^<]*<", "", path); sub(">.*", "", path)
        if (/unfinished/) { begun[$1] = path } else { synced(path) }
        next
    }
    / mkdir(at)?\(/ {
        split($0, quoted, "\"")
        if (matters(quoted[2])) { dirty[folder(quoted[2])] = 1 }
        next
    }
    / rename(at|at2)?\(/ {
        split($0, quoted, "\""); from = quoted[2]; to = quoted[4]
        if (to == repository "/refs/heads/main") {
            for (path in dirty) { fail("main moved before " path " was on disk") }
            if (!(repository "/laurel/main" in clean)) { fail("main moved before its own new content was on disk") }
            delete clean[repository "/laurel/main"]
            moves++
            dirty[folder(to)] = 1
        } else if (matters(to)) {
            if (!(from in clean)) { fail(to " got its name before its content was on disk") }
            dirty[folder(to)] = 1
            if (index(to, "/lfs/")) { kept++ } else { objects++ }
        }
    }
    END {
        if (failed) { exit 1 }
        if (!moves || !objects || !kept) { fail("nothing was written that could be looked at") }
        for (path in dirty) { fail(path " was not on disk at the end") }
        printf "ok: %d Git objects and %d LFS objects and their folders were on disk before main showed them (%d times fsync, %d moves of main)\n", objects, kept, syncs, moves
    }' "$work/trace"
