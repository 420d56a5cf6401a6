#!/usr/bin/env bash
# The story of the second seed from an empty folder, as one flow: gold into PostgreSQL, a search, a version that is registered and promoted, predictions
# for the newest file, a drift report and its rows in drift_metrics, which the panels of the drift dashboard show by their own SQL. Then a file whose
# prices are others: drift is found and its columns are named, in the database, by a running server, and by an alert in a real Prometheus.
# Nothing is edited for a new file. With LAUREL_DATA the real prices are learned from, else generated ones.
# Needs psql, prometheus, jq, curl and python3.
set -euo pipefail
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
# shellcheck source=it/postgres.sh
. "$(dirname "$0")/postgres.sh"
# shellcheck source=it/prometheus.sh
. "$(dirname "$0")/prometheus.sh"
server_pid=

clean_up() {
    stop_prometheus
    if [ -n "$server_pid" ]; then
        kill -TERM "$server_pid" 2>/dev/null || true
        wait "$server_pid" 2>/dev/null || true
    fi
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

# panel TITLE: the rows that the panel of the drift dashboard shows, by its own query; what Grafana puts into it stands in its place.
panel() {
    local query
    query=$(jq -er --arg title "$1" '.panels[] | select(.title == $title and .datasource.type == "grafana-postgresql-datasource") | .targets[0].rawSql' \
        "$root/monitoring/grafana/dashboards/drift.json")
    # shellcheck disable=SC2016 # Grafana's, not ours
    query=${query//'${model:sqlstring}'/"'gold-change'"}
    query=$(sed -E "s/\\\$__timeFilter\(([a-z_.]+)\)/\1 between now() - interval '1 hour' and now() + interval '1 minute'/g" <<<"$query")
    [[ $query != *'$'* ]] || fail "panel '$1': $query (expected: no variable that is not known here)"
    sql "$query"
}

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
shown=$(panel "Drift of batches")
[ "$(grep -c '|change_1$' <<<"$shown")" = 1 ] || fail "the panel 'Drift of batches' shows: $shown (expected: a row of change_1)"
shown=$(panel Batches)
[[ $shown == gold-newest-1.csv\|1\|*\|"$(sql 'select count(*) from predictions')" ]] || fail "the panel 'Batches' shows: $shown"
ok "the drift dashboard's own queries give these rows: $(panel "Drift of batches" | wc -l) columns; $shown"

# ---- a server, and Prometheus with our rules
has_address() {
    kill -0 "$server_pid" 2>/dev/null || fail "laurel serve ended"
    url=$(grep -oE 'http://localhost:[0-9]+' "$work/serve.log" | head -n 1)
    [ -n "$url" ]
}
is_ready() { curl -sS --max-time 5 -o "$work/readyz" -w '%{http_code}' "$url/readyz" 2>/dev/null | grep -q 200; }
LAUREL_DATABASE_URL='' env --default-signal=INT "$root/laurel" serve --port 0 >"$work/serve.log" 2>&1 &
server_pid=$!
pause=0.2
wait_for 60 "the address of laurel serve" has_address
wait_for 60 "the server" is_ready
start_prometheus "laurel=${url#http://}"
# ask FILE: all its rows in one request, oldest first, as rows by column.
ask() {
    python3 -c '
import csv, json, sys
rows = [row for row in csv.DictReader(open(sys.argv[1])) if row["EUR"] not in ("", "#N/A")]
def day(text):
    month, day, year = text.split("/")
    return "%s-%02d-%02d" % (year, int(month), int(day))
print(json.dumps({"rows": [{"Date": day(row["Date"]), "EUR": float(row["EUR"].replace(",", ""))} for row in rows]}))' "$1" >"$work/asked"
    [ "$(curl -sS --max-time 30 -o "$work/answer" -w '%{http_code}' -d "@$work/asked" "$url/models/gold-change/predict")" = 200 ] ||
        fail "the server: $(cut -c 1-500 "$work/answer")"
}

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
panel "Columns that drifted" | grep -q '|gold-newest-2.csv|1|change_1|' || fail "the panel 'Columns that drifted': $(panel "Columns that drifted")"
ok "and the panel 'Columns that drifted' names it: $(panel "Columns that drifted" | grep '|change_1|' | head -n 1)"

wait_for 30 "a scrape" has_data 'up{job="laurel"} == 1'
! has_data 'ALERTS{alertname="LaurelDrift"}' || fail "an alert before anything was asked"
ask "$work/incoming/gold-newest-2.csv"
named=$(curl -sS "$url/models/gold-change/drift" | jq -c '.versions[0].hour.drift.outcome.columns')
[[ $named == *'"change_1"'* ]] || fail "the server names $named (expected: change_1 among them)"
ok "asked for the same rows, the server names $named"
wait_for 60 "the alert" has_data 'ALERTS{alertname="LaurelDrift", model="gold-change", alertstate="firing"}'
ok "LaurelDrift fires in Prometheus: $(curl -sS "$api/alerts" | jq -r '[.data.alerts[] | select(.labels.alertname == "LaurelDrift") | .annotations.summary][0]')"
all_passed
