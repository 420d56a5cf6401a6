# shellcheck shell=bash
# What the scripts beside it need of the network. Sourced by them.

# packages NAME...: installs those that are missing.
packages() {
    local name missing=()
    for name in "$@"; do
        [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# download URL SHA256 FILE: afterwards the file has these bytes, or is not there.
download() {
    local digest
    curl --fail --silent --show-error --location --proto '=https' --retry 5 --output "$3.part" "$1"
    digest=$(sha256sum "$3.part" | cut -d ' ' -f 1)
    if [ "$digest" != "$2" ]; then
        rm "$3.part"
        echo "$1: sha256 $digest (expected: $2, as it was pinned)" >&2
        return 1
    fi
    mv "$3.part" "$3"
}
