#!/usr/bin/env bash
# Makes this machine a runner of GitHub Actions, for repositories that keep their runners at home. For any Debian or Ubuntu, as root, as often
# as you like. Whoever may start a workflow of the repository runs programs here: not for public repositories.
#   RUNNER_URL    https://github.com/<owner>/<repository>
#   RUNNER_TOKEN  the registration token, from Settings > Actions > Runners; good for an hour, and needed until the runner is registered
# Up to `fetch` nothing needs the network; LAUREL_FETCH names a command that takes its place.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=provision/network.sh
. ./network.sh

# It replaces itself by newer versions, as GitHub asks for them.
version=2.334.0
declare -A digests=(
    [x64]=048024cd2c848eb6f14d5646d56c13a4def2ae7ee3ad12122bee960c56f3d271
    [arm64]=f44255bd3e80160eb25f71bc83d06ea025f6908748807a584687b3184759f7e4
)
user=gh-runner
home=/opt/gh-runner

architecture=$(dpkg --print-architecture)
architecture=${architecture/amd64/x64}
digest=${digests[$architecture]:-}
if [ -z "$digest" ]; then
    echo "architecture: $architecture (expected: ${!digests[*]})" >&2
    exit 2
fi
if [ ! -e "$home/.runner" ]; then
    : "${RUNNER_URL:?not set (expected: https://github.com/<owner>/<repository>)}"
    : "${RUNNER_TOKEN:?not set (expected: a registration token, from Settings > Actions > Runners of the repository)}"
fi

configure() {
    id "$user" >/dev/null 2>&1 || useradd --system --home-dir "$home" --shell /bin/bash "$user"
    install -d -o "$user" -g "$user" -m 750 "$home"
}

fetch() {
    packages ca-certificates curl git git-lfs
    if [ ! -e "$home/config.sh" ]; then
        download "https://github.com/actions/runner/releases/download/v$version/actions-runner-linux-$architecture-$version.tar.gz" \
            "$digest" "$home/runner.tar.gz"
        runuser -u "$user" -- tar -C "$home" -xzf "$home/runner.tar.gz"
        rm "$home/runner.tar.gz"
        "$home/bin/installdependencies.sh"
    fi
    if [ ! -e "$home/.runner" ]; then
        # From the environment, where no list of processes shows it.
        (cd "$home" && ACTIONS_RUNNER_INPUT_TOKEN=$RUNNER_TOKEN runuser -u "$user" -- \
            ./config.sh --unattended --replace --url "$RUNNER_URL" --name "$(hostname)" --labels laurel)
    fi
}

configure
"${LAUREL_FETCH:-fetch}"
cd "$home"
[ -e .service ] || ./svc.sh install "$user"
./svc.sh start
