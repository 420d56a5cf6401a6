#!/usr/bin/env bash
# Makes this machine one of a k3s cluster: `k3s.sh server` the control plane, `k3s.sh agent` a worker. For any Debian or Ubuntu, as root, as
# often as you like: settings are written anew, and another version replaces the one that is there. Pods run on meanwhile.
#   NODE_IP    the address of this machine by which the others reach it
#   K3S_TOKEN  what workers join with, the same on all machines
#   K3S_URL    for a worker: https://<control plane>:6443
# Up to `fetch` nothing needs the network; LAUREL_FETCH names a command that takes its place.
set -euo pipefail
cd "$(dirname "$0")"
# shellcheck source=provision/network.sh
. ./network.sh

version=v1.34.10+k3s1
# Of the files `k3s` and `k3s-arm64`, as in the release's sha256sum-<architecture>.txt.
declare -A digests=(
    [amd64]=e63a3511b2603fd1436a1ea8d228348a3b47334b45024801d41a8c0e2d22e8c4
    [arm64]=e96eb8b095600cb790f776ae3c619d266ad83a3c3d7b56166f8f2605ca898d65
)
binary=/usr/local/bin/k3s
settings=/etc/rancher/k3s

fail() {
    echo "$1" >&2
    exit 2
}

role=${1:-}
case $role in
    server) type=notify kubeconfig=$settings/k3s.yaml ;;
    agent) type=exec kubeconfig=/var/lib/rancher/k3s/agent/kubelet.kubeconfig ;;
    *) fail "role: '$role' (expected: server or agent)" ;;
esac
: "${NODE_IP:?not set (expected: an address of this machine)}"
: "${K3S_TOKEN:?not set (expected: a long random word, the same on all machines)}"
[ "$role" = server ] || : "${K3S_URL:?not set (expected: https://<control plane>:6443)}"
architecture=$(dpkg --print-architecture)
digest=${digests[$architecture]:-}
[ -n "$digest" ] || fail "architecture: $architecture (expected: ${!digests[*]})"
interface=$(ip -oneline address show to "$NODE_IP" | awk '{ print $2 }')
[ -n "$interface" ] || fail "NODE_IP: $NODE_IP (expected: an address of this machine)"

configure() {
    install -d "$settings"
    (umask 077 && printf '%s\n' "$K3S_TOKEN" >"$settings/token")
    {
        # Machines of Vagrant have a first network of their own each, on which nobody else is.
        echo "node-ip: $NODE_IP"
        echo "flannel-iface: $interface"
        echo "token-file: $settings/token"
        if [ "$role" = server ]; then
            # The platform is reached by ports of the nodes.
            echo "disable: [traefik, servicelb]"
            echo "tls-san: [$NODE_IP]"
        else
            echo "server: $K3S_URL"
        fi
    } >"$settings/config.yaml"
    cat >/etc/systemd/system/k3s.service <<END
[Unit]
Description=k3s $role
Documentation=https://docs.k3s.io
Wants=network-online.target
After=network-online.target

[Service]
Type=$type
ExecStartPre=-/sbin/modprobe --all br_netfilter overlay
ExecStart=$binary $role
# Its pods outlive a restart of k3s.
KillMode=process
Delegate=yes
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
END
}

fetch() {
    local file=k3s
    [ "$architecture" = amd64 ] || file=k3s-$architecture
    packages ca-certificates curl
    download "https://github.com/k3s-io/k3s/releases/download/${version/+/%2B}/$file" "$digest" "$binary.new"
}

is_installed() {
    [ -x "$binary" ] && [ "$(sha256sum "$binary" | cut -d ' ' -f 1)" = "$digest" ]
}

wait_until_ready() {
    local tries
    for ((tries = 0; tries < 60; tries++)); do
        if "$binary" kubectl --kubeconfig "$kubeconfig" wait --for=condition=Ready --timeout=5s "node/$(hostname)" 2>/dev/null; then
            return
        fi
        sleep 5
    done
    echo "k3s: not ready after five minutes; the reason: journalctl -u k3s" >&2
    return 1
}

configure
if ! is_installed; then
    "${LAUREL_FETCH:-fetch}"
    chmod 755 "$binary.new"
    mv "$binary.new" "$binary"
    ln -sf k3s /usr/local/bin/kubectl
fi
systemctl daemon-reload
systemctl enable k3s
systemctl restart k3s
wait_until_ready
