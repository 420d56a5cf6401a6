#!/usr/bin/env bash
# The story on real Kubernetes and Argo CD, without Docker, virtual machines or a registry: a cluster of one node at the addresses of
# manifests/overlays/local, then it/e2e.sh on it. Kubernetes, etcd, Argo CD and Gitea, which stands in for Forgejo, are built from their Go
# modules, and so is what k3s brings: CoreDNS, kube-router for the NetworkPolicies, and the metrics server; containerd, crun and the network's
# plugins are Debian's. For Debian 12 or newer as root, with Go, kubectl and JDK 25; it changes interfaces and iptables of the machine
# until `down`.
#   it/cluster.sh         all of it; takes the cluster away in the end
#   it/cluster.sh up      leaves it there; KUBECONFIG=target/cluster/kubeconfig
#   it/cluster.sh check   asks it what it/e2e.sh cannot: whether NetworkPolicies are kept, whether the autoscaler sees the load
#   it/cluster.sh shards  predictions and a search as Indexed Jobs of `laurel shard`, a shard of each killed: the bytes of one process
#   it/cluster.sh down    takes it away, and its data; what was built stays
# What is built is kept in target/cluster; the first time takes long.
set -Eeuo pipefail

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"

kubernetes=v1.34.4
etcd=v3.6.16
kustomize=v5.5.0
coredns=v1.14.7
metrics=v0.9.0
# The newest to be had, as of Argo CD below.
kube_router=v2.1.0
kube_router_sum=h1:xWsptKtmZ44L+NjwFKoFAFlVdxCz8fka9A/eYJe95Ok=
gitea=v1.26.0
argo_cd=v3.2.12
redis=public.ecr.aws/docker/library/redis:8.2.2-alpine

node=192.168.56.10
worker=192.168.56.21
state=$root/target/cluster
bin=$state/bin
data=$state/data
logs=$state/log
socket=/run/laurel-containerd.sock
images=(--root "$state/images" --runroot "$state/images-run" --storage-driver overlay)
export KUBECONFIG=$state/kubeconfig

buildah() { command buildah "${images[@]}" "$@"; }
ctr() { command ctr --address "$socket" --namespace k8s.io "$@"; }

fail() {
    trap - ERR
    echo "failed: $*" >&2
    tail -n 3 "$logs"/*.log >&2 2>/dev/null || true
    exit 1
}
trap 'rm -rf "$work"' EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

# ---- what it is made of

packages() {
    local missing=() package
    for package in containerd crun containernetworking-plugins iptables ipset conntrack buildah debootstrap gcc jq openssl; do
        dpkg --status "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] ||
        DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >"$logs/apt.log" 2>&1
}

# source_of PATH VERSION NAME: goes to the module, to change and build it. What it takes from beside itself comes from the proxy as well.
export GOFLAGS=-mod=mod GOWORK=off CGO_ENABLED=0
source_of() {
    local found
    found=$(go mod download -json "$1@$2" | jq -r .Dir)
    rm -rf "$state/src/$3"
    mkdir -p "$state/src"
    cp -r "$found" "$state/src/$3"
    chmod -R u+w "$state/src/$3"
    sed -i -E '/=> \.\.?\/(staging|api|client|pkg)/d' "$state/src/$3/go.mod"
    cd "$state/src/$3"
}

build_programs() {
    local version sum
    mkdir -p "$bin"
    if [ ! -x "$bin/etcd" ]; then
        source_of go.etcd.io/etcd/server/v3 "$etcd" etcd
        go build -trimpath -o "$bin/etcd" . 2>"$logs/build-etcd.log"
    fi
    if [ ! -x "$bin/kubelet" ]; then
        source_of k8s.io/kubernetes "$kubernetes" kubernetes
        sed -i -E "s#^(\s+k8s\.io/[a-z0-9-]+) v0\.0\.0\$#\1 v0${kubernetes#v1}#" go.mod
        version=k8s.io/component-base/version
        go build -trimpath -ldflags "-s -w -X $version.gitVersion=$kubernetes -X $version.gitMajor=1 -X $version.gitMinor=34" -o "$bin/" \
            ./cmd/kube-apiserver ./cmd/kube-controller-manager ./cmd/kube-scheduler ./cmd/kube-proxy ./cmd/kubelet 2>"$logs/build-kubernetes.log"
    fi
    if [ ! -x "$bin/argocd" ]; then
        source_of github.com/argoproj/argo-cd/v3 "$argo_cd" argo-cd
        # This release calls a function that it does not have, for links in its pages.
        sed -i -e 's/if err := settings.ValidateExternalURL(urlPart); err != nil {/if strings.Contains(urlPart, "script:") {/' \
            -e '\#argo-cd/v3/util/settings"#d' controller/cache/info.go
        go build -trimpath -ldflags "-s -w" -o "$bin/argocd" ./cmd 2>"$logs/build-argocd.log"
    fi
    if [ ! -x "$bin/gitea" ]; then
        source_of code.gitea.io/gitea "$gitea" gitea
        # Its own word for what Forgejo calls a hook of type forgejo.
        sed -i '/^func checkCreateHookOption/a\	if form.Type == "forgejo" {\n\t\tform.Type = "gitea"\n\t}' routers/api/v1/utils/hook.go
        CGO_ENABLED=1 go build -trimpath -tags 'sqlite sqlite_unlock_notify' -o "$bin/gitea" . 2>"$logs/build-gitea.log"
    fi
    if [ ! -x "$bin/coredns" ]; then
        source_of github.com/coredns/coredns "$coredns" coredns
        go build -trimpath -ldflags "-s -w" -o "$bin/coredns" . 2>"$logs/build-coredns.log"
    fi
    [ -x "$bin/metrics-server" ] ||
        GOBIN=$bin go install "sigs.k8s.io/metrics-server/cmd/metrics-server@$metrics" 2>"$logs/build-metrics-server.log"
    if [ ! -x "$bin/kube-router" ]; then
        # Some proxies have it, and not its entry in the database of checksums.
        export GONOSUMDB=github.com/cloudnativelabs/kube-router/v2
        sum=$(go mod download -json "$GONOSUMDB@$kube_router" | jq -r .Sum)
        [ "$sum" = "$kube_router_sum" ] || fail "kube-router $kube_router: $sum (expected: $kube_router_sum)"
        source_of "$GONOSUMDB" "$kube_router" kube-router
        go build -trimpath -ldflags "-s -w" -o "$bin/kube-router" ./cmd/kube-router 2>"$logs/build-kube-router.log"
    fi
    [ -x "$bin/kustomize" ] ||
        GOBIN=$bin go install "sigs.k8s.io/kustomize/kustomize/v5@$kustomize" 2>"$logs/build-kustomize.log"
    cd "$root"
}

# image NAME FUNCTION FROM: what the function makes of another image.
image() {
    local container rootfs
    container=$(buildah from --pull-never --signature-policy "$state/policy.json" "$3")
    rootfs=$(buildah mount "$container")
    "$2" "$rootfs" "$container"
    buildah commit --quiet --signature-policy "$state/policy.json" "$container" "$1" >/dev/null
    buildah rm "$container" >/dev/null
}

# give NAME: to containerd, once it runs.
give() {
    local archive
    archive=$state/archives/$(tr '/:' '__' <<<"$1").tar
    mkdir -p "$state/archives"
    rm -f "$archive"
    buildah push --quiet --signature-policy "$state/policy.json" "$1" "docker-archive:$archive:$1"
}

base() {
    local jdk
    jdk=$(find /usr/lib/jvm -maxdepth 1 -name '*25*' | head -n 1)
    debootstrap --variant=minbase --include=bash,ca-certificates,curl,git,git-lfs,gnupg,openssh-client,redis-server,tini bookworm "$1" \
        "${MIRROR:-http://deb.debian.org/debian}" >"$logs/debootstrap.log" 2>&1
    rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/* "$1"/usr/share/{doc,locale,man}
    "$jdk/bin/jlink" --strip-debug --no-header-files --no-man-pages --generate-cds-archive --output "$1/opt/java" --add-modules \
        java.se,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs \
        >"$logs/jlink.log"
    buildah config --env PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$2"
}

pause() { buildah config --entrypoint '["/usr/bin/tini", "--", "sleep", "infinity"]' "$2"; }

argo_cd_image() {
    local name
    cp "$bin/argocd" "$bin/kustomize" "$state/src/argo-cd/entrypoint.sh" "$state"/src/argo-cd/hack/{gpg,git-verify}-wrapper.sh "$1/usr/local/bin/"
    for name in server repo-server cmp-server application-controller dex notifications applicationset-controller k8s-auth commit-server; do
        ln -s argocd "$1/usr/local/bin/argocd-$name"
    done
    chmod 755 "$1"/usr/local/bin/*
    install -d -o 999 -g 999 "$1/home/argocd" "$1"/app/config/{ssh,tls,gpg/source}
    install -d -o 999 -g 999 -m 700 "$1/app/config/gpg/keys"
    touch "$1/app/config/ssh/ssh_known_hosts"
    ln -sf /app/config/ssh/ssh_known_hosts "$1/etc/ssh/ssh_known_hosts"
    chroot "$1" useradd --system --no-create-home --uid 999 --user-group --home-dir /home/argocd argocd
    buildah config --user 999 --workingdir /home/argocd --env USER=argocd --env HOME=/home/argocd --entrypoint '["/usr/bin/tini", "--"]' "$2"
}

coredns_image() {
    cp "$bin/coredns" "$1/usr/local/bin/"
    buildah config --entrypoint '["/usr/local/bin/coredns"]' "$2"
}

redis_image() { buildah config --user 999 --entrypoint '["/usr/bin/redis-server"]' "$2"; }

# Settings by Forgejo's names, and its command's name.
git_image() {
    cp "$bin/gitea" "$1/usr/local/bin/gitea.real"
    mkdir -p "$1/usr/share/gitea"
    cp -r "$state"/src/gitea/{templates,options,public} "$1/usr/share/gitea/"
    cat >"$1/usr/local/bin/gitea" <<'END'
#!/bin/bash
exec /usr/local/bin/gitea.real --config /etc/gitea/app.ini "$@"
END
    cat >"$1/usr/local/bin/docker-entrypoint.sh" <<'END'
#!/bin/bash
set -e
settings=/etc/gitea/app.ini
[ -e $settings ] || cat >$settings <<'INI'
WORK_PATH = /var/lib/gitea
RUN_USER = git
[server]
STATIC_ROOT_PATH = /usr/share/gitea
[database]
PATH = /var/lib/gitea/gitea.db
[repository]
ROOT = /var/lib/gitea/git/repositories
[lfs]
PATH = /var/lib/gitea/git/lfs
INI
while IFS='=' read -r name value; do
    case $name in
        FORGEJO__DEFAULT__*) ;;
        FORGEJO__*) export "GITEA__${name#FORGEJO__}=$value" ;;
    esac
done < <(env)
/usr/local/bin/gitea.real config edit-ini --in-place --apply-env --config $settings
[ $# -gt 0 ] || set -- gitea web
exec "$@"
END
    chmod 755 "$1"/usr/local/bin/*
    chroot "$1" useradd --no-create-home --uid 1000 --user-group --home-dir /var/lib/gitea git
    install -d -o 1000 -g 1000 "$1/var/lib/gitea" "$1/etc/gitea"
    buildah config --user 1000:1000 --env GITEA_WORK_DIR=/var/lib/gitea --env HOME=/var/lib/gitea/git \
        --entrypoint '["/usr/local/bin/docker-entrypoint.sh"]' "$2"
}

build_images() {
    local name module git
    git=$(kubectl kustomize manifests/overlays/local | sed -n 's/.*image: \(codeberg.*\)/\1/p' | head -n 1)
    echo '{"default": [{"type": "insecureAcceptAnything"}]}' >"$state/policy.json"
    if [ ! -e "$state/archives/complete" ]; then
        image localhost/base base scratch
        for name in "localhost/pause:1 pause" "localhost/redis:1 redis_image" "localhost/coredns:1 coredns_image" \
            "quay.io/argoproj/argocd:$argo_cd argo_cd_image" "$git git_image"; do
            image "${name% *}" "${name#* }" localhost/base
            give "${name% *}"
        done
        touch "$state/archives/complete"
    fi
    ./mvnw -q -B -ntp -Pimages -Dlaurel.checks=off -Dmaven.test.skip=true -pl server,cli -am package >"$logs/maven.log" 2>&1
    for name in $(provision/images.sh names); do
        module=${name##*/laurel-}
        buildah bud --isolation chroot --pull-never --layers --signature-policy "$state/policy.json" --build-arg BASE=localhost/base \
            --build-arg VERSION="${name##*:}" --build-arg REVISION="$(git rev-parse HEAD)" \
            --file "${module%%:*}/Dockerfile" --tag "$name" . >"$logs/build-${module%%:*}.log" 2>&1
        give "$name"
    done
}

# ---- the node

# daemon NAME COMMAND...: in the background; its output is in log/NAME.log.
daemon() {
    local name=$1
    shift
    setsid "$@" >"$logs/$name.log" 2>&1 </dev/null &
    echo "$!" >"$data/$name.pid"
    disown
}

keys() {
    local names=DNS:localhost,IP:127.0.0.1,IP:$node,IP:10.43.0.1,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local
    cd "$data"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=cluster -days 30
    openssl req -newkey rsa:2048 -nodes -keyout api.key -out api.csr -subj /CN=kube-apiserver
    openssl x509 -req -in api.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out api.crt -extfile <(echo "subjectAltName=$names")
    openssl req -newkey rsa:2048 -nodes -keyout front.key -out front.csr -subj /CN=front-proxy
    openssl x509 -req -in front.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out front.crt
    openssl genrsa -out accounts.key 2048
    openssl rsa -in accounts.key -pubout -out accounts.pub
    cd "$root"
}

settings() {
    local token
    token=$(openssl rand -hex 16)
    (umask 077 && echo "$token,admin,admin,system:masters" >"$data/tokens.csv" && cat >"$KUBECONFIG") <<END
apiVersion: v1
kind: Config
clusters: [{name: laurel, cluster: {server: "https://$node:6443", certificate-authority: $data/ca.crt}}]
users: [{name: admin, user: {token: $token}}]
contexts: [{name: laurel, context: {cluster: laurel, user: admin}}]
current-context: laurel
END
    # Where a machine may not make its processes safer from the killer of processes, they stay as they are.
    cat >"$data/containerd.toml" <<END
version = 2
root = "$data/containerd"
state = "/run/laurel-containerd"
[grpc]
  address = "$socket"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$data/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      BinaryName = "/usr/bin/crun"
END
    mkdir -p "$data/cni"
    cat >"$data/cni/10-pods.conflist" <<END
{"cniVersion": "0.4.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "laurel-pods", "isGateway": true, "ipMasq": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$data/addresses", "subnet": "10.42.0.0/24", "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
END
    cat >"$data/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $node
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
clusterDNS: [10.43.0.10]
clusterDomain: cluster.local
resolvConf: ""
containerRuntimeEndpoint: unix://$socket
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
END
    cat >"$data/proxy.yaml" <<END
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: 10.42.0.0/16
hostnameOverride: node
clientConnection: {kubeconfig: $KUBECONFIG}
conntrack: {maxPerCore: 0}
END
}

# What k3s has by itself: a place for volumes.
volumes() {
    mkdir -p "$data/volume"
    chmod 777 "$data/volume"
    kubectl apply -f - >/dev/null <<END
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: local-path, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: volume}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: local-path
  hostPath: {path: $data/volume}
END
}

answers() { curl -fsS --cacert "$data/ca.crt" --max-time 2 "https://$node:6443/readyz" >/dev/null 2>&1; }
has_containerd() { ctr version >/dev/null 2>&1; }
is_ready() { [ "$(kubectl get node node -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null)" = True ]; }

start() {
    local containerd=(containerd --config "$data/containerd.toml") archive
    ip link add laurel type bridge
    ip address add "$node/24" dev laurel
    ip address add "$worker/24" dev laurel
    ip link set laurel up
    sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
    daemon etcd "$bin/etcd" --data-dir "$data/etcd" --unsafe-no-fsync --listen-client-urls http://127.0.0.1:2379 \
        --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380
    daemon api "$bin/kube-apiserver" --etcd-servers=http://127.0.0.1:2379 --service-cluster-ip-range=10.43.0.0/16 --bind-address="$node" \
        --advertise-address="$node" --tls-cert-file="$data/api.crt" --tls-private-key-file="$data/api.key" \
        --token-auth-file="$data/tokens.csv" --authorization-mode=Node,RBAC --allow-privileged=true --kubelet-preferred-address-types=InternalIP \
        --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$data/accounts.pub" \
        --service-account-signing-key-file="$data/accounts.key" --client-ca-file="$data/ca.crt" --requestheader-client-ca-file="$data/ca.crt" \
        --requestheader-allowed-names=front-proxy --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
        --enable-aggregator-routing=true --requestheader-extra-headers-prefix=X-Remote-Extra- \
        --proxy-client-cert-file="$data/front.crt" --proxy-client-key-file="$data/front.key"
    wait_for 60 "the API server" answers
    daemon controllers "$bin/kube-controller-manager" --kubeconfig="$KUBECONFIG" --root-ca-file="$data/ca.crt" --leader-elect=false \
        --service-account-private-key-file="$data/accounts.key" --use-service-account-credentials=true
    daemon scheduler "$bin/kube-scheduler" --kubeconfig="$KUBECONFIG" --leader-elect=false
    if mountpoint -q /sys/fs/cgroup/unified; then
        # crun does not take both kinds of control groups at once; what it does not see does not disturb it.
        mount --make-rshared /
        # shellcheck disable=SC2016 # the inner shell's
        containerd=(unshare --mount --propagation slave sh -c 'umount /sys/fs/cgroup/unified && exec "$@"' containerd "${containerd[@]}")
    fi
    daemon containerd "${containerd[@]}"
    wait_for 30 "containerd" has_containerd
    for archive in "$state"/archives/*.tar; do
        ctr images import "$archive" >/dev/null
    done
    daemon proxy "$bin/kube-proxy" --config="$data/proxy.yaml"
    daemon kubelet "$bin/kubelet" --config="$data/kubelet.yaml" --kubeconfig="$KUBECONFIG" --root-dir="$data/kubelet" --node-ip="$node" \
        --hostname-override=node
    wait_for 60 "the node" is_ready
    daemon policies "$bin/kube-router" --kubeconfig="$KUBECONFIG" --hostname-override=node --run-firewall=true --run-router=false \
        --run-service-proxy=false --service-cluster-ip-range=10.43.0.0/16
    daemon metrics "$bin/metrics-server" --kubeconfig="$KUBECONFIG" --authentication-kubeconfig="$KUBECONFIG" \
        --authorization-kubeconfig="$KUBECONFIG" --kubelet-insecure-tls --kubelet-preferred-address-types=InternalIP --bind-address="$node" \
        --secure-port=4443 --cert-dir="$data/metrics" --metric-resolution=15s
    volumes
    kubectl apply -f it/cluster/ >/dev/null
    kubectl -n kube-system rollout status deployment/coredns --timeout=120s >/dev/null
}

# Before anything is begun, since `down` takes away all that looks like a cluster's.
expect_room() {
    local taken
    [ "$(id -u)" = 0 ] || fail "user $(id -u) (expected: root)"
    [ ! -e "$data" ] || fail "$data: there already (expected: nothing; it/cluster.sh down takes it away)"
    taken=$(ip -brief address | grep -E " (${node//./\\.}|10\.42\.0\.1)/" || true)
    [ -z "$taken" ] || fail "$taken (expected: no interface that has $node or 10.42.0.1 already)"
    taken=$(iptables-save 2>/dev/null | grep -E -m 1 'KUBE-|CNI-' || true)
    [ -z "$taken" ] || fail "iptables: $taken (expected: no rules of another cluster or container engine)"
}

up() {
    local begin=$SECONDS
    mkdir -p "$logs"
    packages
    build_programs
    build_images
    ok "built after $((SECONDS - begin)) s"
    mkdir -p "$data"
    keys 2>"$logs/keys.log"
    settings
    start
    ok "a node of Kubernetes $kubernetes is ready after $((SECONDS - begin)) s"
    # There is no registry to ask.
    sed -e "s#$redis#localhost/redis:1#" -e 's#imagePullPolicy: Always#imagePullPolicy: IfNotPresent#' \
        "$state/src/argo-cd/manifests/install.yaml" >"$state/argo-cd.yaml"
    export state
    # shellcheck disable=SC2317 # platform.sh calls it, with a folder of its own
    from_here() { cp "$state/argo-cd.yaml" "$work/"; }
    export -f from_here
    LAUREL_FETCH=from_here provision/platform.sh >"$logs/platform.log" 2>&1
    ok "the first prediction came after $((SECONDS - begin)) s: $(tail -n 1 "$logs/platform.log")"
}

# ---- what it/e2e.sh cannot ask on a cluster without these images

# succeeds NAME LABELS SCRIPT: what a pod with these labels says, among the pods of the models.
succeeds() {
    kubectl -n laurel-production delete pod --ignore-not-found "$1" >/dev/null
    kubectl -n laurel-production apply -f - >/dev/null <<END
apiVersion: v1
kind: Pod
metadata: {name: $1, labels: {$2}}
spec:
  restartPolicy: Never
  securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: ask
      image: localhost/pause:1
      command: [bash, -c, "asks() { curl --silent --output /dev/null --connect-timeout 3 \$1; }; $3"]
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      resources: {limits: {memory: 64Mi}}
END
    wait_for 60 "the pod $1" has_ended "$1"
    [ "$(phase "$1")" = Succeeded ]
}
phase() { kubectl -n laurel-production get pod "$1" -o 'jsonpath={.status.phase}'; }
has_ended() { [[ $(phase "$1") == Succeeded || $(phase "$1") == Failed ]]; }

check() {
    local elsewhere=http://argocd-server.argocd.svc.cluster.local git=http://git.laurel.svc.cluster.local:3000
    local ours="app.kubernetes.io/part-of: laurel, app.kubernetes.io/name: laurel-verify, app.kubernetes.io/instance: production-spy-direction"
    ours+=", laurel.dev/environment: production, laurel.dev/model: spy-direction"
    # kube-router knows a new pod after a second.
    succeeds ours "$ours" "while asks $elsewhere; do [ \$SECONDS -lt 30 ] || exit 1; done; asks http://$node:30300 && asks $git" ||
        fail "a pod with our labels reaches $elsewhere, or not the Git host"
    succeeds stranger "app: stranger" "asks $elsewhere" || fail "a pod that no policy is about does not reach $elsewhere"
    ok "a pod with our labels reaches the Git host; $elsewhere only one without them"
    wait_for 120 "the load of the pods" is_measured
    ok "the autoscaler sees the load: $(kubectl -n laurel-production get hpa --no-headers)"
    check_new_environment
    check_mirror
    shards
}

# as_trainer REPOSITORY: what laurel and Git do is done there, with the trainer's token.
as_trainer() {
    LAUREL_GIT_TOKEN=$(kubectl -n laurel get secret trainer-git -o 'jsonpath={.data.token}' | base64 -d)
    export LAUREL_GIT_TOKEN LAUREL_REPO=http://$node:30300/laurel/$1.git LAUREL_CACHE=$work/cache
    git_of_its_own
    # shellcheck disable=SC2016
    git config --global credential.helper '!printf "username=oauth2\npassword=%s\n" "$LAUREL_GIT_TOKEN"; :'
}

# A clone of the models repository in $work/models.
models() {
    as_trainer models
    GIT_LFS_SKIP_SMUDGE=1 git clone -q "$LAUREL_REPO" "$work/models"
    pause=1
}

# A model in an environment that was never laid down.
check_new_environment() {
    local begin=$SECONDS
    models
    ./laurel promote spy-direction v2 --env staging --reason "as production, smaller" >"$work/promote.log"
    git -C "$work/models" pull -q
    [ "$(git -C "$work/models" log --format=%s --first-parent -2)" = "Promote spy-direction v2 in staging
Lay down the environment staging" ] || fail "the last two commits are $(git -C "$work/models" log --format=%s -2)"
    wait_for 300 "the Application of staging" application_is_settled staging-spy-direction
    [ -n "$(staging_pods -o name)" ] || fail "staging-spy-direction is healthy, and no pod stands behind it"
    ok "staging, never laid down before, answers with a pod of its own $((SECONDS - begin)) s after the promotion"
}

# Without the Git host and without another pod: a mirror has the bytes.
check_mirror() {
    local begin digest mirror=$work/mirror models=$work/models port=30999 old
    [ -d "$models" ] || models
    digest=$(sed -n 's/^digest: sha256://p' "$models/environments/staging/spy-direction/champion.yaml")
    mkdir "$mirror"
    git -C "$models" lfs fetch --include "models/spy-direction/versions/00/v2" --exclude "" origin main >"$work/lfs.log" 2>&1
    cp "$models/.git/lfs/objects/${digest:0:2}/${digest:2:2}/$digest" "$mirror/"
    python3 -m http.server --bind "$node" --directory "$mirror" "$port" >"$work/mirror.log" 2>&1 &
    echo $! >"$data/mirror.pid"
    cat >>"$models/environments/staging/server/egress.yaml" <<END
    - to:
        - ipBlock:
            cidr: $node/32
      ports:
        - port: $port
END
    cat >"$models/environments/staging/server/mirror.yaml" <<END
apiVersion: apps/v1
kind: Deployment
metadata:
  name: server
spec:
  template:
    spec:
      containers:
        - name: server
          env:
            - name: LAUREL_BYTES
              value: http://$node:$port
END
    sed -i 's/^  - path: hpa.yaml/&\n  - path: mirror.yaml/' "$models/environments/staging/server/kustomization.yaml"
    git -C "$models" add environments/staging/server
    git -C "$models" commit -q -m "Staging has a mirror"
    git -C "$models" push -q
    wait_for 300 "the mirror in staging's pods" has_mirror
    wait_for 300 "the Application of staging" application_is_settled staging-spy-direction
    kubectl -n laurel scale statefulset git --replicas=0 >/dev/null
    wait_for 120 "the Git host to go" git_is_away
    old=$(staging_pods -o name)
    begin=$SECONDS
    # shellcheck disable=SC2086 # one word a pod
    kubectl -n laurel-staging delete $old >/dev/null
    wait_for 120 "a pod without the Git host" has_ready_pod
    git_is_away || fail "the Git host was there again before the pod was ready"
    grep -q "GET /$digest" "$work/mirror.log" || fail "the mirror was not asked for $digest"
    ok "without the Git host and without another pod, one took its bytes from the mirror: ready $((SECONDS - begin)) s after the only one was deleted"
    kubectl -n laurel scale statefulset git --replicas=1 >/dev/null
    kubectl -n laurel rollout status statefulset git --timeout=300s >/dev/null
}

application_is_settled() {
    [ "$(kubectl -n argocd get application "$1" -o 'jsonpath={.status.sync.status} {.status.health.status}' 2>/dev/null)" = "Synced Healthy" ]
}
staging_pods() { kubectl -n laurel-staging get pods -l app.kubernetes.io/name=laurel-server --field-selector=status.phase=Running "$@"; }
has_mirror() { [[ $(staging_pods -o 'jsonpath={.items[*].spec.containers[0].env[?(@.name=="LAUREL_BYTES")].value}') == http://* ]]; }
has_ready_pod() { [[ $(staging_pods -o 'jsonpath={.items[*].status.containerStatuses[0].ready}') == *true* ]]; }
git_is_away() { [ -z "$(kubectl -n laurel get pods -l app.kubernetes.io/name=laurel-git -o name)" ]; }

# ---- shards: docs/shards.md on a cluster. ROWS: how many are predicted; the more, the longer there is to kill one.

# A models repository of its own on the Git host, new each time, so that nothing else trains or serves what is in it.
repository_of_shards() {
    local api=http://$node:30300/api/v1 password
    password=$(kubectl -n laurel get secret git-owner -o 'jsonpath={.data.password}' | base64 -d)
    owner() { curl -sS --fail --config <(printf 'user = "owner:%s"\n' "$password") --header 'Content-Type: application/json' --output /dev/null "$@"; }
    owner --request DELETE "$api/repos/laurel/shards" 2>/dev/null || true
    owner --data '{"name": "shards", "default_branch": "main"}' "$api/orgs/laurel/repos"
    owner --request PUT --data '{"permission": "write"}' "$api/repos/laurel/shards/collaborators/trainer"
    as_trainer shards
}

# What all of them see: on one node a folder of it.
claim_of_shards() {
    kubectl -n laurel delete job,pvc -l app.kubernetes.io/component=shards --ignore-not-found >/dev/null
    kubectl delete pv shards --ignore-not-found >/dev/null
    rm -rf "$shared"
    mkdir -p "$shared"
    chmod 777 "$shared"
    kubectl apply -f - >/dev/null <<END
apiVersion: v1
kind: PersistentVolume
metadata: {name: shards}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteMany]
  storageClassName: shards
  hostPath: {path: $shared}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: shards, namespace: laurel, labels: {app.kubernetes.io/component: shards}}
spec:
  accessModes: [ReadWriteMany]
  storageClassName: shards
  resources: {requests: {storage: 10Gi}}
END
}

# jobs SHARDS COMMAND...: the Indexed Job and the one that ends the work.
jobs() {
    local count=$1
    shift
    ./laurel shard --image "$(provision/images.sh names | grep trainer)" --secret trainer-git --shards "$count" -- "$@" >"$work/jobs.yaml"
    kubectl -n laurel apply -f "$work/jobs.yaml" >/dev/null
}
is_there() { compgen -G "$1" >/dev/null; }
pods_of() { kubectl -n laurel get pods -l "batch.kubernetes.io/job-name=$1,batch.kubernetes.io/job-completion-index=$2" "${@:3}"; }
job_state() { kubectl -n laurel get job "$1" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}'; }
has_job_ended() { [[ $(job_state "$1") =~ Complete|Failed$ ]]; }
# succeed_job NAME
succeed_job() {
    wait_for 900 "the Job $1" has_job_ended "$1"
    [[ $(job_state "$1") == *Complete* ]] || fail "the Job $1 is $(job_state "$1"): $(kubectl -n laurel logs "job/$1" --tail=5)"
}
# end_job NAME: lets the second Job go.
end_job() {
    succeed_job "$1"
    kubectl -n laurel patch job "$1-end" -p '{"spec": {"suspend": false}}' >/dev/null
    succeed_job "$1-end"
}

shards() {
    local shared=$data/shards rows=${ROWS:-3000000} begin victim killed=2
    repository_of_shards
    claim_of_shards
    env -u LAUREL_DATA ./laurel init --offline --sizes local --with iris --with gold-change >"$work/init.log" 2>&1
    ./laurel train iris --offline >"$work/train.log" 2>&1
    awk -v n="$rows" 'BEGIN { srand(7); print "sepal_length,sepal_width,petal_length,petal_width";
        for (i = 1; i <= n; i++) printf "%.1f,%.1f,%.1f,%.1f\n", 4 + rand() * 4, 2 + rand() * 2, 1 + rand() * 6, rand() * 2.5 }' >"$shared/rows.csv"
    begin=$SECONDS
    ./laurel predict iris --from "$shared/rows.csv" --to "$work/one.csv" 2>"$work/one.log"
    ok "one process: $(tail -n 1 "$work/one.log"), $((SECONDS - begin)) s in all"

    # The process of a shard is killed, as the kernel does where memory is short.
    begin=$SECONDS
    jobs 5 predict iris --from /work/rows.csv --to /work/many.csv
    pause=0.02
    wait_for 600 "shard $killed" is_there "$shared/.many.csv.part-000$killed-of-0005-*"
    victim=$(pods_of predict-iris "$killed" -o 'jsonpath={.items[0].status.containerStatuses[0].containerID}')
    ctr tasks kill --signal SIGKILL "${victim#containerd://}"
    [ ! -e "$shared/many.csv.part-000$killed-of-0005" ] || fail "shard $killed was done before it was killed; more ROWS"
    pause=1
    end_job predict-iris
    [ "$(kubectl -n laurel get job predict-iris -o 'jsonpath={.status.failed} {.status.completedIndexes}')" = "1 0-4" ] ||
        fail "the Job predict-iris: $(kubectl -n laurel get job predict-iris -o 'jsonpath={.status}')"
    cmp "$work/one.csv" "$shared/many.csv" || fail "five shards differ from one process"
    ok "five pods, the process of shard $killed killed and run again (exit codes $(exit_codes predict-iris "$killed")), are one process after $((SECONDS - begin)) s: $(sha256sum <"$shared/many.csv" | cut -c 1-16)"
    search_by_shards
}

# Every third trial of a search, of which one's pod is deleted after its first.
search_by_shards() {
    local begin other=$work/alone.git trials=$shared/cache/trials/gold-change deleted
    git clone -q "$LAUREL_REPO" "$work/shards"
    sed -i -e 's/trials: 8/trials: 9/' -e 's/from: 10$/from: 1000/' -e 's/to: 50$/to: 1500/' "$work/shards/models/gold-change/model.yaml"
    git -C "$work/shards" commit -q -a -m "A search that takes longer"
    git -C "$work/shards" push -q 2>"$work/push.log"
    git clone -q --bare "$LAUREL_REPO" "$other"
    pause=0.02
    begin=$SECONDS
    jobs 3 train gold-change --offline --cache /work/cache
    wait_for 600 "the first trial of shard 1" is_there "$trials/*/1.yaml"
    deleted=$(pods_of train-gold-change 1 -o name)
    kubectl -n laurel delete "$deleted" --grace-period=1 >/dev/null
    ! is_there "$trials/*/7.yaml" || fail "shard 1 was done before its pod was deleted"
    pause=1
    succeed_job train-gold-change
    [ "$(pods_of train-gold-change 1 -o name)" != "$deleted" ] || fail "shard 1 has no other pod than $deleted, which was deleted"
    end_job train-gold-change
    ok "three pods, the one of shard 1 deleted after its first trial, and the one that registers: $((SECONDS - begin)) s; $(kubectl -n laurel logs job/train-gold-change-end | grep registered)"
    LAUREL_REPO=$other ./laurel train gold-change --offline --cache "$work/alone" >"$work/alone.log"
    git -C "$work/shards" pull -q
    [ "$(digest_of "$work/shards")" = "$(digest_of "$other")" ] || fail "three shards of a search differ from one process"
    ok "one process registers the same: $(digest_of "$other")"
}
digest_of() { git -C "$1" show main:environments/production/gold-change/champion.yaml | sed -n 's/^digest: //p'; }
exit_codes() { pods_of "$1" "$2" --sort-by=.metadata.creationTimestamp -o 'jsonpath={.items[*].status.containerStatuses[0].state.terminated.exitCode}'; }

is_measured() { [[ $(kubectl -n laurel-production get hpa -o "jsonpath={$load}") == [0-9]* ]]; }
load='.items[0].status.currentMetrics[0].resource.current.averageUtilization'

down() {
    local name task family
    [ -e "$data" ] || return 0
    if has_containerd; then
        [ ! -e "$data/kubelet.pid" ] || kill "$(cat "$data/kubelet.pid")" 2>/dev/null || true
        for task in $(ctr tasks list --quiet); do
            ctr tasks kill --signal SIGKILL "$task" 2>/dev/null || true
        done
    fi
    for name in "$data"/*.pid; do
        [ ! -e "$name" ] || kill -KILL -- "-$(cat "$name")" 2>/dev/null || true
    done
    pkill -f "containerd-shim.*$socket" || true
    for family in iptables ip6tables; do
        ! command -v "$family" >/dev/null || "$family-save" | grep -vE 'KUBE-|CNI-' | "$family-restore" || true
    done
    ipset list -name 2>/dev/null | grep KUBE- | xargs -r -n 1 ipset destroy || true
    awk -v data="$data/" '$2 ~ "^/run/laurel-containerd" || index($2, data) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r -n 1 umount -l
    ip link delete laurel-pods 2>/dev/null || true
    ip link delete laurel 2>/dev/null || true
    rm -rf "$data" /run/laurel-containerd "$socket" "$KUBECONFIG"
}

cd "$root"
case ${1:-all} in
    up)
        expect_room
        up
        ;;
    check) check ;;
    shards) shards ;;
    down) down ;;
    all)
        expect_room
        trap 'down; rm -rf "$work"' EXIT
        up
        it/e2e.sh
        check
        all_passed
        ;;
    *)
        echo "what: '$1' (expected: up, check, shards, down or nothing)" >&2
        exit 2
        ;;
esac
