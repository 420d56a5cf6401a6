#!/usr/bin/env bash
# Rules and dashboards with the real Prometheus: promtool checks and tests the rules; Prometheus scrapes `./laurel up --offline`, and every
# query of every dashboard and rule gives data; requests that drift raise the alert. Dashboards are held against Grafana's own schema.
# Needs prometheus and promtool, jq, curl, python3, go and node with npm. The queries for PostgreSQL are DashboardQueriesTest's; nothing here runs Grafana or Loki.
set -euo pipefail
# Background jobs of a script ignore Ctrl-C, unless they are jobs as in a terminal.
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
# shellcheck source=it/prometheus.sh
. "$(dirname "$0")/prometheus.sh"
home=$work/home
monitoring=$root/monitoring
repository=$home/models.git
pids=()
url=
pause=0.5

git_of_its_own

clean_up() {
    local pid
    stop_prometheus
    for pid in "${pids[@]}"; do
        kill -TERM "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

# ---- rules, without anything running
mkdir "$work/rules"
plain_rules "$work/rules/laurel.yaml"
cp "$monitoring"/prometheus/tests*.yaml "$work/rules"
promtool check rules "$work/rules/laurel.yaml" >"$work/promtool.log" 2>&1 || fail "promtool check rules"
(cd "$work/rules" && promtool test rules tests.yaml tests-days.yaml) >"$work/promtool.log" 2>&1 || fail "promtool test rules"
ok "promtool checks the rules, and their tests pass"
alerts=$(sed -n 's/^ *- alert: //p' "$work/rules/laurel.yaml")
for alert in $alerts; do
    for case in fires "is silent"; do
        grep -qx "  - name: $alert $case" "$work"/rules/tests*.yaml -h || fail "no test of '$alert $case'"
    done
done
diff <(sort <<<"$alerts") <(sed -n 's/^## \(Laurel[A-Za-z]*\)$/\1/p' "$root/docs/runbook.md" | sort) >&2 ||
    fail "docs/runbook.md (expected: an entry for each alert, and none besides)"
python3 - "$root/docs/runbook.md" "$work"/rules/tests*.yaml <<'END' || fail "docs/runbook.md: a command with what its alert does not carry"
import re, sys
labels = {}
for path in sys.argv[2:]:
    with open(path) as file:
        for case in file.read().split("\n  - name: ")[1:]:
            alert = case.split()[0]
            for found in re.findall(r"exp_labels: \{(.*)\}", case):
                labels.setdefault(alert, set()).update(re.findall(r"(\w+): ", found))
wrong = []
with open(sys.argv[1]) as file:
    for entry in file.read().split("\n## ")[1:]:
        alert = entry.split("\n")[0]
        for name in set(re.findall(r"\b(MODEL|VERSION|WINDOW|NAMESPACE|NAME)\b", entry)):
            if name.lower() not in labels[alert]:
                wrong.append(f"{alert}: {name} (expected: one of its labels: {sorted(labels[alert])})")
print("\n".join(wrong), file=sys.stderr)
sys.exit(1 if wrong else 0)
END
ok "each of $(wc -w <<<"$alerts") alerts has a case in which it fires, one in which it does not, and an entry in the runbook"

# ---- dashboards, without anything running
dashboards=("$monitoring"/grafana/dashboards/*.json)
check() { (cd "$root/it/monitoring" && go run . "$@"); }
check "${dashboards[@]}" "$monitoring"/alloy/*.alloy >"$work/check.log" 2>&1 || fail "dashboards and configurations of Alloy"
# Or the line above would say nothing.
sed 's/"gridPos"/"gridPosition"/' "$monitoring/grafana/dashboards/fleet.json" >"$work/wrong.json"
if check "$work/wrong.json" >"$work/wrong.log" 2>&1; then fail "a field that is none was accepted"; fi
grep -q "unexpected field 'gridPosition'" "$work/wrong.log" || fail "a field that is none"
rm "$work/wrong.log"
ok "${#dashboards[@]} dashboards are what Grafana's schema says, and configurations of Alloy as its formatter has them"

# ---- queries for Loki, by Grafana's own grammar of their language
mkdir "$work/logql"
cp "$root"/it/monitoring/logql/* "$work/logql"
(cd "$work/logql" && npm ci --no-audit --no-fund) >"$work/npm.log" 2>&1 || fail "the grammar of LogQL from npm"
logql() { (cd "$work/logql" && node check.js "$@"); }
labels=$(logql "${dashboards[@]}" 2>"$work/logql.log") || fail "queries for Loki"
sed 's/ | json | / | json || /' "$monitoring/grafana/dashboards/serving.json" >"$work/wrong.json"
if logql "$work/wrong.json" >"$work/wrong.log" 2>&1; then fail "a query that is no LogQL was accepted"; fi
rm "$work/wrong.log"
for label in $labels; do
    for gathered in docker kubernetes; do
        grep -qE "^\s+$label += \"\",$|target_label += \"$label\"" "$monitoring/alloy/lines.alloy" "$monitoring/alloy/$gathered.alloy" ||
            fail "label $label of a query for Loki (expected: one that alloy/$gathered.alloy sets)"
    done
done
ok "queries for Loki are LogQL, and choose by labels that Alloy sets: $(tr '\n' ' ' <<<"$labels")"

# ---- what others tell Prometheus, told by a file
mkdir "$work/others"
fed=("laurel_report_high and laurel_feedback_score_low of mae: no model of values here is told the truth" "argocd_app_info: there is no Argo CD here" "kube_cronjob_status_last_successful_time: there is no cluster here")
cat >"$work/others/metrics" <<END
argocd_app_info{project="models",name="production-iris",dest_namespace="laurel-production",health_status="Healthy",sync_status="Synced"} 1
kube_cronjob_status_last_successful_time{namespace="laurel",cronjob="trainer"} $(date +%s)
laurel_report_high{namespace="laurel",model="values",version="v1",metric="mae"} 10
laurel_feedback_score_low{namespace="laurel",model="values",version="v1",role="champion",metric="mae"} 9
END
others=$(free_port)
python3 -m http.server --bind 127.0.0.1 --directory "$work/others" "$others" >"$work/others.log" 2>&1 &
pids+=($!)

# ---- laurel up
has_address() {
    kill -0 "$up_pid" 2>/dev/null || fail "laurel up ended"
    url=$(sed -n 's#.*\(http://localhost:[0-9]*\)/git/models\.git.*#\1#p' "$work/up.log" | head -n 1)
    [ -n "$url" ]
}
version() { curl -sS --max-time 5 "$url/models/$1" | jq -r '.version // empty'; }
answers() { [ -n "$(version "$1")" ]; }
laurel() { "$root/laurel" "$@" --repo "$repository"; }
is_newer() { [ "$(git -C "$repository" ls-tree -r --name-only main models/spy-direction/versions | grep -c '/version\.yaml$')" -ge "$1" ]; }

"$root/laurel" --version >/dev/null
LAUREL_LOG=info LAUREL_LOG_FORMAT=json env --default-signal=INT "$root/laurel" up --models iris,spy-direction --offline --every 2s --port 0 --home "$home" \
    >"$work/up.log" 2>"$work/up-errors.log" &
up_pid=$!
pids+=("$up_pid")
wait_for 60 "the address of laurel up" has_address
wait_for 120 "iris" answers iris
wait_for 120 "spy-direction" answers spy-direction

# ---- Prometheus, with less patience than anybody else's
start_prometheus "laurel=${url#http://}" "others=127.0.0.1:$others"
wait_for 30 "a scrape" has_data 'up{job="laurel"} == 1'
ok "Prometheus scrapes laurel up"

# ---- something happens to the models
# rows SHIFT: for each row of iris one that is nearly it, its petals longer by so much. The very rows would not do: a model is surer of what
# it learned from than of anything else, which is drift of its answers. All in one request, since the first ones alone are all of one species.
rows() {
    python3 - "$root/data/src/main/resources/dev/laurel/source/iris.csv" "$1" <<'END'
import csv, json, random, sys
random.seed(1)
names = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
rows = []
with open(sys.argv[1]) as file:
    for row in csv.DictReader(file):
        values = {name: round(float(row[name]) + random.gauss(0, 0.3), 3) for name in names}
        values["petal_length"] += float(sys.argv[2])
        rows.append(values)
print(json.dumps({"rows": rows}))
END
}
ask() {
    local row
    while IFS= read -r row; do
        curl -sS --max-time 5 -o "$work/answer" -d "$row" "$url/models/iris/predict"
    done
}
rows 0 >"$work/steady"
ask <"$work/steady"
curl -sS -o /dev/null -d '{"features": [1]}' "$url/models/iris/predict"
curl -sS -o /dev/null "$url/predictionForTomorrow?model=spy-direction"
curl -sS -o /dev/null -H 'X-Request-Id: request-1' -d '{"rows": [{"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}]}' "$url/models/iris/predict"
told=$(curl -sS -o /dev/null -w '%{http_code}' -d "{\"request_id\": \"request-1\", \"actual\": \"setosa\"}" "$url/models/iris/feedback")
if [ "$told" = 404 ]; then
    fed+=("laurel_feedback_score: this server takes no feedback")
    for end in "" _low _high; do
        echo "laurel_feedback_score$end{namespace=\"laurel\",model=\"iris\",version=\"v1\",role=\"champion\",metric=\"accuracy\"} 0.97"
    done >>"$work/others/metrics"
fi
wait_for 120 "three versions of spy-direction" is_newer 3
newest() {
    git -C "$repository" ls-tree -r --name-only main models/spy-direction/versions | sed -n 's#.*/v\([0-9]*\)/version\.yaml$#v\1#p' | sort -V | tail -n 1
}
# So that there is one to go back to, whatever the gate thought of them.
is_promoted() { laurel promote spy-direction "$(newest)" --reason "for a look" >>"$work/commands.log" 2>&1; }
wait_for 30 "a promotion" is_promoted
# Training goes on, and a champion that moves meanwhile is looked at again.
goes_back() { laurel rollback spy-direction --reason "for a look" >>"$work/commands.log" 2>&1; }
wait_for 30 "the rollback" goes_back
wait_for 30 "the hold" has_data 'laurel:hold_age:seconds{model="spy-direction"}'
is_challenged() { laurel challenge spy-direction "$(newest)" --share 20 --mode canary --reason "for a look" >>"$work/commands.log" 2>&1; }
wait_for 30 "the challenge" is_challenged
wait_for 30 "the challenger" has_data 'laurel:challenger_age:seconds{model="spy-direction"}'
curl -sS -o /dev/null "$url/predictionForTomorrow?model=spy-direction"
ok "a rollback and a challenge are metrics: held, and tried"

wait_for 150 "a look at what was asked" has_data 'laurel_drift_rows{model="iris", window="hour"} > 100'
if has_data 'laurel_drift{model="iris"} == 1' || has_data 'ALERTS{alertname="LaurelDrift", model="iris"}'; then
    fail "drift in rows like those of iris: $(curl -sS "$url/models/iris/drift")"
fi
ok "no drift and no alert in rows like those that iris learned from"
rows 1.5 >"$work/shifted"
ask <"$work/shifted"
wait_for 150 "the alert" has_data 'ALERTS{alertname="LaurelDrift", model="iris", alertstate="firing"}'
ok "petals that are longer by 1.5 cm: LaurelDrift fires in Prometheus"
curl -sS "$url/models/iris/drift" | jq -e '.versions[0].hour.drift.outcome.columns | index("petal_length") != null' >/dev/null ||
    fail "petal_length is not named"
ok "and petal_length is named: $(curl -sS "$url/models/iris/drift" | jq -c '.versions[0].hour.drift.outcome.columns')"

# ---- every query
curl -sS "$api/rules" >"$work/rules.json"
jq -r '.data.groups[].rules[] | select(.health != "ok") | .name + ": " + .health + " " + (.lastError // "")' "$work/rules.json" >"$work/unhealthy"
[ ! -s "$work/unhealthy" ] || fail "rules: $(cat "$work/unhealthy")"
recorded=$(jq -r '.data.groups[].rules[] | select(.type == "recording") | .name' "$work/rules.json")
for name in $recorded; do
    has_data "$name" || fail "no data: $name"
done
jq -r '.data.groups[].rules[] | select(.type == "alerting") | .query' "$work/rules.json" >"$work/conditions"
while IFS= read -r condition; do
    grep -qx "${condition%% *}" <<<"$recorded" || fail "alert on '$condition' (expected: a recorded series, compared with a number)"
done <"$work/conditions"
ok "each of $(wc -w <<<"$recorded") recorded series has data, and each of $(wc -l <"$work/conditions") alerts looks at one of them"

# data MODEL QUERY: with the variables of Grafana in their places.
data() {
    local expression=$2
    expression=${expression//\$__rate_interval/1m}
    expression=${expression//\$__range/10m}
    has_data "${expression//\$model/$1}"
}
asked=0
for dashboard in "${dashboards[@]}"; do
    jq -r '(.panels[].targets[] | select(.datasource.type == "prometheus") | .expr), (.annotations.list[].target.expr)' "$dashboard" >"$work/queries"
    while IFS= read -r expression; do
        data iris "$expression" || data spy-direction "$expression" || fail "$(basename "$dashboard"): no data: $expression"
        asked=$((asked + 1))
    done <"$work/queries"
    jq -r '.templating.list[] | select(.type == "query") | .definition' "$dashboard" | sed -n 's/^label_values(\(.*\), \(.*\))$/\1 \2/p' >"$work/queries"
    while read -r series label; do
        curl -sS --get --data-urlencode "match[]=$series" "$api/label/$label/values" | jq -e '.data | index("iris") != null' >/dev/null ||
            fail "$(basename "$dashboard"): no values of $label in $series"
        asked=$((asked + 1))
    done <"$work/queries"
done
ok "each of $asked queries of dashboards for Prometheus gives data"
rollbacks=$(curl -sS --get --data-urlencode 'query=laurel_pin_changed_timestamp_seconds{model="spy-direction"}' "$api/query" | jq -r '.data.result[0] | .metric.direction + " " + .value[1]')
# Not of one who was told it, but of the commit.
committed=$(git -C "$repository" log -1 --format=%ct main -- environments/production/spy-direction/champion.yaml)
[ "${rollbacks#* }" = "$committed" ] || fail "the annotation is at ${rollbacks#* } (expected: $committed, the time of the commit)"
ok "the annotation of the rollback (${rollbacks% *}) stands at the time of its commit"

# ---- the log
grep -v '^{' "$work/up-errors.log" >"$work/no-json" && fail "no JSON: $(head -n 1 "$work/no-json")"
jq -es 'length > 0 and all(.[]; .level and .timestamp and .formattedMessage)' "$work/up-errors.log" >/dev/null || fail "the log is no JSON"
ok "the log is a JSON object a line: $(wc -l <"$work/up-errors.log") of them"

for each in "${fed[@]}"; do
    echo "fed by a file, not by its program: $each"
done
all_passed
