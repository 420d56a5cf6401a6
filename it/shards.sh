#!/usr/bin/env bash
# Shards: predictions of a file by five processes, one of which is killed and run again, and a search by three, come to the bytes of one process. Prints
# rows per second, from which docs/shards.md reckons. ROWS: how many rows (a million, unless it says otherwise).
set -euo pipefail
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
trap 'rm -rf "$work"' EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR
git_of_its_own
rows=${ROWS:-1000000}
export LAUREL_REPO=$work/models.git
laurel() { "$root/laurel" "$@"; }

laurel init --offline --with iris --with gold-change >"$work/init.log" 2>&1
laurel train iris --offline >"$work/train.log" 2>&1
awk -v n="$rows" 'BEGIN { srand(7); print "sepal_length,sepal_width,petal_length,petal_width";
    for (i = 1; i <= n; i++) printf "%.1f,%.1f,%.1f,%.1f\n", 4 + rand() * 4, 2 + rand() * 2, 1 + rand() * 6, rand() * 2.5 }' >"$work/rows.csv"

predict() { laurel predict iris --from "$work/rows.csv" "$@"; }

begin=$(now_ms)
predict --to "$work/one.csv" 2>"$work/one.log"
ok "one process: $(tail -n 1 "$work/one.log"), $(($(now_ms) - begin)) ms in all"

predict --to "$work/many.csv" --shards 5 --shard 3 2>"$work/killed.log" &
victim=$!
# Its file is there as soon as it has begun.
begun() { compgen -G "$work/.many.csv.part-0003-of-0005-*" >/dev/null; }
wait_for 60 "shard 3" begun
kill -KILL -- "-$victim"
wait "$victim" 2>/dev/null || true
[ ! -e "$work/many.csv.part-0003-of-0005" ] || fail "shard 3 was done before it was killed; more ROWS"
ok "shard 3 was killed"
slowest=0
for shard in 0 1 2 4; do
    begin=$(now_ms)
    predict --to "$work/many.csv" --shards 5 --shard "$shard" 2>"$work/shard.log"
    took=$(($(now_ms) - begin))
    [ "$took" -le "$slowest" ] || slowest=$took
done
if laurel join "$work/many.csv" --shards 5 >"$work/early.log" 2>&1; then fail "four of five parts were joined"; fi
grep -q 'without shard 3' "$work/early.log"
JOB_COMPLETION_INDEX=3 predict --to "$work/many.csv" --shards 5 2>"$work/shard.log"
begin=$(now_ms)
laurel join "$work/many.csv" --shards 5 >"$work/join.log"
ok "joined in $(($(now_ms) - begin)) ms; the slowest shard took $slowest ms"
cmp "$work/one.csv" "$work/many.csv" || fail "five shards differ from one process"
ok "five shards, one of them killed and run again, are one process: $(sha256sum <"$work/many.csv" | cut -c 1-16)"

cp -r "$work/models.git" "$work/other.git"
for shard in 2 1 0; do
    laurel train gold-change --offline --cache "$work/cache" --shards 3 --shard "$shard" >"$work/trials.log"
done
laurel train gold-change --offline --cache "$work/cache" >"$work/together.log"
LAUREL_REPO=$work/other.git laurel train gold-change --offline --cache "$work/alone" >"$work/alone.log"
digest() { git -C "$1" show main:environments/production/gold-change/champion.yaml | grep '^digest'; }
[ "$(digest "$work/models.git")" = "$(digest "$work/other.git")" ] || fail "three shards of a search differ from one process"
ok "a search by three shards gives the version of one process: $(digest "$work/models.git" | cut -c 9-32)"

all_passed
