# shellcheck shell=bash disable=SC2154
# A real Prometheus for the scripts beside this one, in $work, with our own rules. start_prometheus sets prometheus_pid and api; stop_prometheus
# ends it.
prometheus_pid=

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# What Prometheus itself takes of our rules, to a file.
plain_rules() { sed '1,/^spec:/d' "$root/monitoring/prometheus/rules.yaml" >"$1"; }

# start_prometheus JOB=HOST:PORT...: scrapes these each second with less patience than anybody else's: alerts do not wait.
start_prometheus() {
    local port target
    port=$(free_port)
    mkdir -p "$work/rules"
    plain_rules "$work/rules/plain.yaml"
    sed 's/^ *for: .*$//' "$work/rules/plain.yaml" >"$work/rules/impatient.yaml"
    {
        echo "global: {scrape_interval: 1s, evaluation_interval: 1s}"
        echo "rule_files: [\"$work/rules/impatient.yaml\"]"
        echo "scrape_configs:"
        for target in "$@"; do
            echo "  - job_name: ${target%%=*}"
            echo "    static_configs: [{targets: [\"${target#*=}\"], labels: {namespace: laurel}}]"
        done
    } >"$work/prometheus.yaml"
    prometheus --config.file="$work/prometheus.yaml" --storage.tsdb.path="$work/tsdb" --web.listen-address="127.0.0.1:$port" \
        >"$work/prometheus.log" 2>&1 &
    prometheus_pid=$!
    api=http://127.0.0.1:$port/api/v1
}

stop_prometheus() {
    if [ -n "$prometheus_pid" ]; then
        kill -TERM "$prometheus_pid" 2>/dev/null || true
        wait "$prometheus_pid" 2>/dev/null || true
        prometheus_pid=
    fi
}

# query EXPRESSION: how many series it gives.
query() { curl -sS --max-time 10 --get --data-urlencode "query=$1" "$api/query" | jq -e '.data.result | length'; }
has_data() { [ "$(query "$1" 2>/dev/null || echo 0)" -gt 0 ]; }
