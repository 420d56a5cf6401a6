#!/usr/bin/env bash
# Gives the images of server and trainer to k3s on this machine: `images.sh build` builds them from the checkout that this script is in, and
# keeps them for other machines; `images.sh copy` gets them from the control plane at K3S_URL. For any Debian or Ubuntu with k3s (k3s.sh), as
# root, as often as you like. `images.sh names` only says what they are called.
# Up to `fetch` nothing needs the network; LAUREL_FETCH names a command that takes its place.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=provision/network.sh
. provision/network.sh

# k3s imports what is here, also at each start, and keeps it when a disk gets full.
imports=/var/lib/rancher/k3s/agent/images

# The names that the manifests ask for.
names() {
    kubectl kustomize manifests/overlays/local | grep -o 'ghcr\.io/laurel-ml/laurel-.*' | sort -u
}

# module NAME: server or trainer.
module() {
    local name=${1##*/laurel-}
    echo "${name%%:*}"
}

from=${1:-}
case $from in
    # From here k3s serves files to other machines.
    build) archives=/var/lib/rancher/k3s/server/static/laurel ;;
    copy)
        archives=/var/lib/rancher/k3s/laurel
        : "${K3S_URL:?not set (expected: https://<control plane>:6443)}"
        ;;
    names)
        names
        exit
        ;;
    *)
        echo "from: '$from' (expected: build, copy or names)" >&2
        exit 2
        ;;
esac

configure() {
    install -d "$imports" "$archives"
    if [ "$from" = build ]; then
        install -d /etc/containers/registries.conf.d
        # Where a name without a host is looked for, such as that of the base.
        echo 'unqualified-search-registries = ["docker.io"]' >/etc/containers/registries.conf.d/laurel.conf
    fi
}

fetch() {
    local images name archive
    if [ "$from" = build ]; then
        packages ca-certificates curl default-jdk-headless buildah crun netavark
        ./mvnw -B -q -ntp -Pimages -Dlaurel.checks=off -Dmaven.test.skip=true -pl server,cli -am package
    fi
    images=$(names)
    for name in $images; do
        archive=$(module "$name").tar
        rm -f "$archives/$archive.part"
        if [ "$from" = build ]; then
            # The steps themselves need no network.
            buildah build --format docker --layers --network none \
                --build-arg "VERSION=${name##*:}" --build-arg "REVISION=${REVISION:-unknown}" \
                --file "$(module "$name")/Dockerfile" --tag "$name" .
            buildah push --quiet "$name" "docker-archive:$archives/$archive.part:$name"
        else
            curl --fail --silent --show-error --cacert /var/lib/rancher/k3s/agent/server-ca.crt \
                --output "$archives/$archive.part" "$K3S_URL/static/laurel/$archive"
        fi
        mv -f "$archives/$archive.part" "$archives/$archive"
    done
}

configure
"${LAUREL_FETCH:-fetch}"
for archive in "$archives"/*.tar; do
    ln -f "$archive" "$imports/"
    # At once, for the pods that come next.
    k3s ctr images import "$archive"
done
