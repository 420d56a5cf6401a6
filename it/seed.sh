#!/usr/bin/env bash
# The story of the second seed from an empty folder, as one flow: gold into PostgreSQL, a search, a version that is registered and promoted, predictions
# for the newest file, a drift report and its rows in drift_metrics. Then a file whose prices are others: drift is found and its columns are named.
# Nothing is edited for a new file. With LAUREL_DATA the real prices are learned from, else generated ones.
set -euo pipefail
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
# shellcheck source=it/postgres.sh
. "$(dirname "$0")/postgres.sh"

clean_up() {
    stop_postgres
    rm -rf "$work"
}
trap clean_up EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR
git_of_its_own

real=${LAUREL_DATA:-}
prices=$root/data/src/main/resources/dev/laurel/source/gold-generated.csv
options=(--offline)
if [ -n "$real" ] && [ -r "$real/gold-daily.csv" ]; then
    prices=$real/gold-daily.csv
    options=(--data "$real")
    ok "the real prices of gold"
fi
export LAUREL_REPO=$work/models.git

start_postgres
export LAUREL_DATABASE_URL=$database
ok "an empty PostgreSQL"

"$root/laurel" init --with gold-change "${options[@]}" >"$work/init.log" 2>&1
ok "a models repository with the definition of gold-change"

# The newest file has the last year; what a row says of itself does not depend on the file.
mkdir "$work/incoming"
export LAUREL_DATA=$work/incoming
cp "$prices" "$work/incoming/gold-daily.csv"
{ head -n 1 "$prices"; tail -n 500 "$prices"; } >"$work/incoming/gold-newest-1.csv"
flow=$root/examples/flow.yaml
cd "$work"

"$root/laurel" run "$flow" --check >"$work/check.log" 2>&1
ok "the flow is right before anything is begun: $(tail -n 1 "$work/check.log" | sed 's#.*/##')"

"$root/laurel" run "$flow" --output json >"$work/first.json" 2>"$work/first.log" || fail "the flow ended with $?: $(cat "$work/first.json")"
jq -e '.outcome == "done" and ([.steps[].name] == ["import", "train", "predict", "drift", "project"])' "$work/first.json" >/dev/null
ok "the flow is done: $(jq -r '[.steps[] | .name + " " + .outcome] | join(", ")' "$work/first.json")"
[ "$(jq -r '.steps[1].result.promotion' "$work/first.json")" = promoted ] || fail "v1 is not promoted"
experiments=$(git -C "$LAUREL_REPO" show main:models/gold-change/versions/00/v1/report.yaml | grep -c 'chosen:')
[ "$experiments" = 8 ] || fail "$experiments trials (expected: 8)"
ok "v1 is the best of $experiments trials, registered and promoted"
[ "$(sql 'select count(*) from batch_data where target is not null')" -gt 400 ] || fail "too few rows with true answers"
ok "$(sql 'select count(*) from batch_data') rows in batch_data, $(sql 'select count(target) from batch_data') of them with their true change"
[ "$(sql "select count(*) from predictions where batch = 'gold-newest-1.csv'")" -gt 400 ] || fail "too few predictions"
ok "$(sql 'select count(*) from predictions') predictions for the newest file by $(sql "select distinct 'v' || version from predictions")"
[ "$(sql "select count(*) from drift_metrics where batch = 'gold-newest-1.csv'")" -gt 10 ] || fail "no rows in drift_metrics"
ok "$(sql 'select count(*) from drift_metrics') rows in drift_metrics"
[ "$(sql "select champion_in from versions where model = 'gold-change'")" = '{production}' ] || fail "versions are not projected"
ok "versions say who is champion"

# Twice the price, and each day's way ten times as far.
awk -F, 'NR == 1 { print; next } { print }' "$work/incoming/gold-newest-1.csv" | python3 -c '
import csv, sys
rows = list(csv.reader(sys.stdin))
euros = rows[0].index("EUR")
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(rows[0])
for n, row in enumerate(rows[1:]):
    if row[euros] not in ("", "#N/A"):
        price = float(row[euros].replace(",", ""))
        row[euros] = "%.1f" % (2 * price + (200 if n % 2 else -200))
    out.writerow(row)' >"$work/incoming/gold-newest-2.csv"
"$root/laurel" run "$flow" --output json >"$work/second.json" 2>"$work/second.log" || fail "the flow ended with $?: $(cat "$work/second.json")"
jq -e '.steps[3].outcome == "accepted" and .steps[3].exit == 3' "$work/second.json" >/dev/null || fail "no drift: $(jq -c '.steps[3]' "$work/second.json" | cut -c 1-500)"
drifted=$(sql "select string_agg(distinct column_name, ', ') from drift_metrics where batch = 'gold-newest-2.csv' and verdict = 'drifted'")
grep -q 'change_1' <<<"$drifted" || fail "drift in $drifted (expected: change_1 among them)"
ok "the next file, of other prices: drift, in $drifted"
all_passed
