#!/usr/bin/env bash
# The Vagrantfile is one, and each script of provision/ does what it has to before it needs the network: alone, on a fresh minimal Debian or
# Ubuntu (that of this machine), which is cut off from any network. Wants root, vagrant and debootstrap; takes a minute.
set -euo pipefail
if [ "$(id -u)" != 0 ]; then
    exec sudo "$0"
fi
# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
cd "$root"
trap 'rm -rf --one-file-system "$work"' EXIT

# expect WHAT EXPECTED FOUND
expect() {
    [ "$2" = "$3" ] || fail "$1: $3 (expected: $2)"
}

# ---- the Vagrantfile
export VAGRANT_HOME=$work/vagrant VAGRANT_DOTFILE_PATH=$work/state VAGRANT_CHECKPOINT_DISABLE=1
for workers in 1 0 3; do
    WORKERS=$workers vagrant validate --ignore-provider >"$work/said" 2>&1 || fail "WORKERS=$workers: $(cat "$work/said")"
done
ok "the Vagrantfile is valid with none, one and three workers"
if WORKERS=many vagrant validate --ignore-provider >"$work/said" 2>&1; then
    fail "WORKERS=many was accepted"
fi
grep -q 'WORKERS: many (expected: 0..9)' "$work/said" || fail "WORKERS=many: $(cat "$work/said")"
ok "WORKERS=many is refused: $(tail -n 1 "$work/said")"
expect "mode of the join token" 600 "$(stat -c %a "$work/state/join-token")"
ok "the join token is its owner's alone"
address=$(sed -n 's#^  root: http://\(.*\):30300/$#\1#p' manifests/overlays/local/address/fill/address.yaml)
grep -qx "CONTROL_PLANE = \"$address\"" Vagrantfile || fail "CONTROL_PLANE in the Vagrantfile (expected: $address, as in manifests/overlays/local)"
ok "the control plane has the address that the manifests name"

# ---- a minimal system; in it `fetch` of each script is replaced by one that ends the script
# shellcheck source=/dev/null
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
debootstrap --variant=minbase --include=iproute2,systemd "$suite" "$work/base" >"$work/said" 2>&1 || fail "debootstrap: $(tail "$work/said")"
install -d "$work/base/checkout"
cp -a provision manifests argocd "$work/base/checkout/"
cat >"$work/base/fetch" <<'END'
#!/bin/sh
touch /fetched
exit 75
END
cat >"$work/base/offline" <<'END'
#!/bin/sh
ip link set lo up
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LAUREL_FETCH=/fetch "$@"
END
chmod 755 "$work/base/fetch" "$work/base/offline"
# It shrugs when there is no network.
rm "$work/base/usr/bin/apt-get"

# Everything but /etc is linked: the scripts write new files there.
fresh_root() {
    rm -rf "$work/root"
    cp -al "$work/base" "$work/root"
    rm -rf "$work/root/etc"
    cp -a "$work/base/etc" "$work/root/etc"
}

# in_root SETTING=VALUE... SCRIPT ARGUMENT...: without any network but loopback.
in_root() {
    unshare --net chroot "$work/root" /offline "$@" >"$work/said" 2>&1
}

reaches_fetch() {
    local code=0
    rm -f "$work/root/fetched"
    in_root "$@" || code=$?
    if [ "$code" != 75 ] || [ ! -e "$work/root/fetched" ]; then
        fail "$*: exit code $code before it came to fetch (expected: 75 from fetch): $(tail -n 3 "$work/said")"
    fi
}

# holds FILE LINE...: the file has each of these lines.
holds() {
    local file=$1 line
    shift
    for line in "$@"; do
        grep -qxF -- "$line" "$work/root$file" || fail "$file: no line '$line' in: $(cat "$work/root$file")"
    done
}

expect_mode() {
    expect "mode of $2" "$1" "$(stat -c %a "$work/root$2")"
}

# refuses MESSAGE SETTING=VALUE... SCRIPT ARGUMENT...: before it has written anything.
refuses() {
    local message=$1
    shift
    fresh_root
    if in_root "$@"; then
        fail "$*: accepted (expected: $message)"
    fi
    grep -qF -- "$message" "$work/said" || fail "$*: $(cat "$work/said") (expected: $message)"
    [ ! -e "$work/root/fetched" ] || fail "$*: went as far as fetch (expected: $message)"
    [ -z "$(find "$work/root/etc" -newer "$work/base/fetch" -type f)" ] || fail "$*: left files behind"
}

expect_unit() {
    chroot "$work/root" ln -s /bin/true /usr/local/bin/k3s
    chroot "$work/root" systemd-analyze verify /etc/systemd/system/k3s.service >"$work/said" 2>&1 || fail "k3s.service: $(cat "$work/said")"
    [ ! -s "$work/said" ] || fail "k3s.service: $(cat "$work/said")"
    holds /etc/systemd/system/k3s.service "ExecStart=/usr/local/bin/k3s $1" "Restart=always" "WantedBy=multi-user.target"
}

provision=/checkout/provision

fresh_root
reaches_fetch NODE_IP=127.0.0.1 K3S_TOKEN=secret "$provision/k3s.sh" server
holds /etc/rancher/k3s/config.yaml "node-ip: 127.0.0.1" "flannel-iface: lo" "token-file: /etc/rancher/k3s/token" \
    "disable: [traefik, servicelb]" "tls-san: [127.0.0.1]"
holds /etc/rancher/k3s/token secret
expect_mode 600 /etc/rancher/k3s/token
expect_unit server
ok "k3s.sh server"

fresh_root
reaches_fetch NODE_IP=127.0.0.1 K3S_TOKEN=secret K3S_URL=https://192.0.2.1:6443 "$provision/k3s.sh" agent
holds /etc/rancher/k3s/config.yaml "node-ip: 127.0.0.1" "flannel-iface: lo" "token-file: /etc/rancher/k3s/token" "server: https://192.0.2.1:6443"
expect_mode 600 /etc/rancher/k3s/token
expect_unit agent
first=$(cat "$work/root/etc/rancher/k3s/config.yaml" "$work/root/etc/systemd/system/k3s.service")
rm "$work/root/usr/local/bin/k3s"
reaches_fetch NODE_IP=127.0.0.1 K3S_TOKEN=secret K3S_URL=https://192.0.2.1:6443 "$provision/k3s.sh" agent
expect "settings of a second run" "$first" "$(cat "$work/root/etc/rancher/k3s/config.yaml" "$work/root/etc/systemd/system/k3s.service")"
ok "k3s.sh agent, twice"

refuses "NODE_IP: 192.0.2.7 (expected: an address of this machine)" NODE_IP=192.0.2.7 K3S_TOKEN=secret "$provision/k3s.sh" server
refuses "K3S_TOKEN: not set" NODE_IP=127.0.0.1 "$provision/k3s.sh" server
refuses "K3S_URL: not set" NODE_IP=127.0.0.1 K3S_TOKEN=secret "$provision/k3s.sh" agent
refuses "role: 'master' (expected: server or agent)" NODE_IP=127.0.0.1 K3S_TOKEN=secret "$provision/k3s.sh" master
ok "k3s.sh refuses what it cannot do, and has written nothing"

fresh_root
reaches_fetch "$provision/images.sh" build
holds /etc/containers/registries.conf.d/laurel.conf 'unqualified-search-registries = ["docker.io"]'
expect_mode 755 /var/lib/rancher/k3s/agent/images
expect_mode 755 /var/lib/rancher/k3s/server/static/laurel
ok "images.sh build"

fresh_root
reaches_fetch K3S_URL=https://192.0.2.1:6443 "$provision/images.sh" copy
expect_mode 755 /var/lib/rancher/k3s/agent/images
refuses "K3S_URL: not set" "$provision/images.sh" copy
ok "images.sh copy"

fresh_root
reaches_fetch "$provision/platform.sh"
[ -z "$(ls "$work/root/tmp")" ] || fail "platform.sh left behind: $(ls "$work/root/tmp")"
ok "platform.sh, which does nothing before it has fetched Argo CD"

fresh_root
reaches_fetch RUNNER_URL=https://github.com/o/r RUNNER_TOKEN=AB1C2D3 "$provision/gh-runner.sh"
expect "owner of /opt/gh-runner" "gh-runner 750" "$(chroot "$work/root" stat -c '%U %a' /opt/gh-runner)"
if grep -rqs AB1C2D3 "$work/root/opt" "$work/root/etc"; then
    fail "gh-runner.sh wrote the token"
fi
reaches_fetch RUNNER_URL=https://github.com/o/r RUNNER_TOKEN=AB1C2D3 "$provision/gh-runner.sh"
ok "gh-runner.sh, twice"
refuses "RUNNER_TOKEN: not set" RUNNER_URL=https://github.com/o/r "$provision/gh-runner.sh"
ok "gh-runner.sh without a token"
all_passed
