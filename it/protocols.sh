#!/usr/bin/env bash
# Real clients ask `laurel up`: tritonclient with binary tensors and by gRPC, MLflow's REST body by requests, schemathesis from /openapi.json.
# They come from PyPI into a folder of their own; without them there is nothing to do, and this says so. Needs python3 with venv, and curl.
# SCHEMATHESIS_EXAMPLES: how many requests schemathesis makes for each operation (default: 20).
set -euo pipefail
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
up_pid=

clean_up() {
    if [ -n "$up_pid" ]; then
        kill -TERM -- "-$up_pid" 2>/dev/null || true
        wait "$up_pid" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT

skip() {
    echo "skipped: $*"
    exit 0
}

python3 -m venv "$work/venv" >"$work/venv.log" 2>&1 || skip "python3 has no venv here"
pip=$work/venv/bin/pip
"$pip" install -q "tritonclient[http,grpc]" mlflow-skinny requests >"$work/pip.log" 2>&1 ||
    skip "pip cannot install tritonclient and mlflow-skinny here"
ok "tritonclient and mlflow-skinny are installed"

cd "$root"
# From the rows that come along: which rows taught a model is nothing to those who ask it, and of the real ones there are many.
unset LAUREL_DATA
env --default-signal=INT ./laurel up --models all --offline --every 1h --home "$work/home" --port 0 --grpc-port 0 >"$work/up.log" 2>&1 &
up_pid=$!
host=

has_address() {
    kill -0 "$up_pid" 2>/dev/null || fail "laurel up ended"
    host=$(sed -n 's#.*http://\(localhost:[0-9]*\)/git/models\.git.*#\1#p' "$work/up.log" | head -n 1)
    [ -n "$host" ]
}

pause=0.5
wait_for 600 "the address of laurel up" has_address
url=http://$host
grpc=localhost:$(sed -n 's/^gRPC at port \([0-9]*\)$/\1/p' "$work/up.log")

# The gate promotes the first version of each model; those are all that is asked.
answers() { curl -sf "$url/v2/models/$1/ready" >/dev/null; }
for model in iris gold-change damage-incidence airline-passengers spy-direction; do
    wait_for 900 "$model to answer" answers "$model"
done
ok "five models answer"

LAUREL=$host LAUREL_GRPC=$grpc "$work/venv/bin/python" it/protocols.py >"$work/clients.log" 2>&1 || fail "a client was not answered as it should be"
while IFS= read -r line; do
    ok "$line"
done < <(grep '^ok: ' "$work/clients.log" | sed 's/^ok: //')

if "$pip" install -q schemathesis >"$work/pip.log" 2>&1; then
    "$work/venv/bin/schemathesis" run "$url/openapi.json" --seed 1 --max-examples "${SCHEMATHESIS_EXAMPLES:-20}" --phases examples,fuzzing \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
        >"$work/schemathesis.log" 2>&1 || fail "schemathesis found an answer that the description does not have"
    ok "schemathesis: no 5xx, and no answer outside of the description"
else
    echo "left out: schemathesis, which pip cannot install here"
fi

all_passed
