#!/usr/bin/env bash
# Builds both images without a network, on a base made by debootstrap, and runs them as a cluster would: by crun, as the user without a name,
# with a read-only root, without capabilities and, to show that none is needed, without a shell. The server follows a pin and is asked for
# predictions, the trainer trains into the repository. Prints sizes and start times. For root on Debian with a JDK 25; three minutes.
#   MIRROR=http://deb.debian.org/debian   where Debian comes from
#   STARTS=3                              how many starts are measured, with and without the cache of classes
set -euo pipefail
# Background jobs of a script ignore Ctrl-C, unless they are jobs as in a terminal.
set -m

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
home=$work/home
serve_pid=
containers=()
name="it-images-$$"

git_of_its_own

clean_up() {
    for each in "${containers[@]}"; do
        crun delete --force "$each" >/dev/null 2>&1 || true
    done
    if [ -n "$serve_pid" ]; then
        kill -TERM "$serve_pid" 2>/dev/null || true
        wait "$serve_pid" 2>/dev/null || true
    fi
    if [ -d "$work/storage" ]; then
        buildah umount --all >/dev/null 2>&1 || true
        buildah rm --all >/dev/null 2>&1 || true
    fi
    rm -rf "$work"
}
trap clean_up EXIT
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR

step() { echo "== $* (${SECONDS} s)"; }

# Images of this script alone, kept below its own folder; whole copies of them where layers cannot be mounted over each other.
driver=vfs
mkdir "$work"/{lower,upper,scratch,merged}
if mount -t overlay overlay -o "lowerdir=$work/lower,upperdir=$work/upper,workdir=$work/scratch" "$work/merged" 2>/dev/null; then
    umount "$work/merged"
    driver=overlay
fi
storage=(--root "$work/storage" --runroot "$work/run" --storage-driver "$driver")
buildah() { command buildah "${storage[@]}" "$@"; }

laurel() { "$root/laurel" "$@"; }

[ "$(id -u)" = 0 ] || fail "user $(id -u) (expected: root, for chroot and mounts)"
for tool in buildah debootstrap crun jq curl git unshare ip; do
    command -v "$tool" >/dev/null || fail "$tool: not found (expected: apt-get install buildah debootstrap crun jq curl git util-linux iproute2)"
done
jdk=
for each in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -x "$each/bin/jlink" ] && [[ "$("$each/bin/java" --version 2>&1)" == *" 25"* ]]; then
        jdk=$each
        break
    fi
done
[ -n "$jdk" ] || fail "JDK 25: not found in JAVA_HOME or /usr/lib/jvm"

# ---- what the images are made of
step "jars"
(cd "$root" && ./mvnw -q -B -ntp -Pimages -Dlaurel.checks=off -Dmaven.test.skip=true -pl server,cli -am package) >"$work/maven.log" 2>&1
step "base"
echo '{"default": [{"type": "insecureAcceptAnything"}]}' >"$work/policy.json"
base=$(buildah from scratch)
rootfs=$(buildah mount "$base")
debootstrap --variant=minbase bookworm "$rootfs" "${MIRROR:-http://deb.debian.org/debian}" >"$work/debootstrap.log" 2>&1
rm -rf "$rootfs"/var/cache/apt/* "$rootfs"/var/lib/apt/lists/* "$rootfs"/usr/share/{doc,locale,man}
"$jdk/bin/jlink" --add-modules java.se,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs \
    --strip-debug --no-header-files --no-man-pages --generate-cds-archive --output "$rootfs/opt/java" >"$work/jlink.log" 2>&1
buildah config --env PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$base"
buildah commit --quiet --signature-policy "$work/policy.json" "$base" laurel-base >/dev/null
buildah rm "$base" >/dev/null

# build NAME: the image laurel-NAME, in a network of its own that has nothing but loopback.
build() {
    local begin
    begin=$(now_ms)
    # shellcheck disable=SC2016 # the inner shell's variables
    unshare --net sh -c 'ip link set lo up && exec "$@"' build \
        buildah "${storage[@]}" bud --isolation chroot --pull-never --layers \
        --signature-policy "$work/policy.json" --build-arg BASE=localhost/laurel-base --build-arg VERSION=0.0.0-it \
        --build-arg REVISION="$revision" --file "$root/$1/Dockerfile" --tag "laurel-$1" "$root" >"$work/build-$1.log" 2>&1 ||
        fail "the build of $1"
    ok "laurel-$1 was built without a network in $(($(now_ms) - begin)) ms"
}
revision=$(git -C "$root" -c safe.directory="$root" rev-parse HEAD)
step "images"
build server
build trainer

# ---- what they say of themselves
config() { buildah inspect --type image "laurel-$1" | jq -c .OCIv1.config; }
for each in server trainer; do
    [ "$(config "$each" | jq -r .User)" = 10001:10001 ] || fail "the user of $each: $(config "$each")"
    [ "$(config "$each" | jq -r '.Labels | [."org.opencontainers.image.version", ."org.opencontainers.image.revision", (."org.opencontainers.image.source" | length > 0)] | @tsv')" = \
        "0.0.0-it	$revision	true" ] || fail "the labels of $each: $(config "$each")"
done
ok "both have a user by number and say where they come from: version, revision, source"

# mount_image NAME: a file system with what is in the image.
declare -A rootfs_of
for each in server trainer; do
    rootfs_of[$each]=$(buildah mount "$(buildah from --pull-never --signature-policy "$work/policy.json" "laurel-$each")")
    jars=$(cd "${rootfs_of[$each]}/opt/laurel/lib" && printf '%s\n' *.jar | sort)
    listed=$(jq -r '.components[], .metadata.component | "\(.name)-\(.version).jar"' "${rootfs_of[$each]}/opt/laurel/sbom.json" | sort)
    [ "$jars" = "$listed" ] || fail "the SBOM of $each is not what is in it: $(diff <(echo "$jars") <(echo "$listed"))"
    ok "the SBOM of $each names each of its $(wc -l <<<"$jars") jars and nothing else"
done
for each in tribuo- xgboost laurel-trainer laurel-cli picocli; do
    ls "${rootfs_of[server]}/opt/laurel/lib/$each"*.jar >/dev/null 2>&1 && server_has+=" $each"
done
[ -z "${server_has:-}" ] || fail "the server has${server_has} (expected: neither a trainer nor a library for learning)"
ok "the server has no trainer in it"

# ---- a models repository
step "models repository"
head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$work/token"
laurel init --offline --repo "$home/models.git" >/dev/null
laurel train spy-direction --offline --repo "$home/models.git" >"$work/train.log" 2>&1
# Not by the function, whose shell would be what is stopped in the end.
"$root/laurel" serve --port 0 --git-token-file "$work/token" --repo "$home/models.git" >"$work/serve.log" 2>&1 &
serve_pid=$!
has_address() {
    kill -0 "$serve_pid" 2>/dev/null || fail "laurel serve ended"
    host=$(sed -n 's#.*http://localhost:\([0-9]*\)/git/models\.git.*#http://127.0.0.1:\1#p' "$work/serve.log" | head -n 1)
    [ -n "$host" ]
}
wait_for 60 "the address of laurel serve" has_address
repository=$host/git/models.git
pin() { git --git-dir="$home/models.git" show main:environments/production/spy-direction/champion.yaml; }

# ---- how they run
# json VALUE...: a list of strings.
json() { jq -nc '$ARGS.positional' --args -- "$@"; }

# bind FOLDER PLACE OPTION: a list of one mount.
bind() { jq -nc '[{destination: $place, type: "bind", source: $from, options: ["bind", $option]}]' --arg from "$1" --arg place "$2" --arg option "$3"; }

# container ID IMAGE MOUNTS ENVIRONMENT [ARGUMENT...]: a bundle for crun, of the image's own user and environment and with its entrypoint,
# unless the arguments begin with `java` and are a command of their own.
container() {
    local id=$1 image=$2 mounts=$3 environment=$4
    shift 4
    mkdir -p "$work/bundle/$id"
    config "$image" | jq --arg rootfs "${rootfs_of[$image]}" --argjson mounts "$mounts" --argjson environment "$environment" '
        (.User / ":" | map(tonumber)) as $user | {
            ociVersion: "1.0.2",
            process: {
                user: {uid: $user[0], gid: $user[1]}, cwd: "/", noNewPrivileges: true,
                capabilities: {bounding: [], effective: [], permitted: [], inheritable: [], ambient: []},
                env: (.Env + $environment),
                args: (if $ARGS.positional[0] == "java" then $ARGS.positional else .Entrypoint + $ARGS.positional end)
            },
            root: {path: $rootfs, readonly: true},
            mounts: ([
                {destination: "/proc", type: "proc", source: "proc"},
                {destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755"]},
                {destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["nosuid", "nodev", "mode=1777", "size=64m"]},
                {destination: "/var/cache/laurel", type: "tmpfs", source: "tmpfs", options: ["nosuid", "nodev", "mode=0770", "uid=\($user[0])", "gid=\($user[1])"]},
                # Nothing of Debian is to be run: no shell, no tools.
                {destination: "/usr/bin", type: "tmpfs", source: "tmpfs", options: ["ro"]},
                {destination: "/usr/sbin", type: "tmpfs", source: "tmpfs", options: ["ro"]}
            ] + $mounts),
            linux: {namespaces: [{type: "pid"}, {type: "ipc"}, {type: "uts"}, {type: "mount"}]}
        }' --args -- "$@" >"$work/bundle/$id/config.json"
    containers+=("$name-$id")
}
# Without control groups. On a machine that has them of both kinds crun refuses even that, unless it does not see the newer ones.
run() {
    # shellcheck disable=SC2016 # the inner shell's arguments
    unshare --mount sh -c '{ umount /sys/fs/cgroup/unified || true; } 2>/dev/null; exec "$@"' run \
        crun --cgroup-manager disabled run --bundle "$work/bundle/$1" "$name-$1"
}

# ---- the server
step "server"
container verify server '[]' "$(json LAUREL_REPO="$repository" LAUREL_PIN="$(pin)")" verify
run verify >"$work/verify.log" 2>&1 || fail "verify: exit code $?"
ok "verify: $(cat "$work/verify.log")"
other=$(pin | sed 's/^digest: .*/digest: sha256:0000000000000000000000000000000000000000000000000000000000000000/')
container verify-bad server '[]' "$(json LAUREL_REPO="$repository" LAUREL_PIN="$other")" verify
if run verify-bad >"$work/verify-bad.log" 2>&1; then
    fail "verify accepted a pin of another digest"
fi
ok "verify: $(cat "$work/verify-bad.log")"

mkdir "$work/pin"
chmod 755 "$work" "$work/pin"
pin >"$work/pin/champion.yaml"
port=$((20000 + RANDOM % 10000))
question="/predictionForTomorrow?threshold=0.3"
answered() { curl -fsS --max-time 5 "http://127.0.0.1:$port$question" >"$work/answer" 2>/dev/null; }
answer_of() { jq -c '[.prediction, .confidence, .model, .version, .digest]'; }

# start_server ID OPTIONS: until its first prediction; sets `took`.
start_server() {
    local begin
    container "$1" server "$(bind "$work/pin" /etc/laurel/pin ro)" "$(json LAUREL_REPO="$repository" LAUREL_HOST=127.0.0.1 \
        LAUREL_PORT="$port" LAUREL_PIN_FILE=/etc/laurel/pin/champion.yaml JDK_JAVA_OPTIONS="-XX:MaxRAM=512m $2")"
    begin=$(now_ms)
    run "$1" >"$work/server-$1.log" 2>&1 &
    server_pid=$!
    wait_for 60 "the first prediction of $1" answered
    took=$(($(now_ms) - begin))
}
stop_server() {
    local code=0
    crun kill "$name-$1" TERM
    wait "$server_pid" || code=$?
    [ "$code" = 143 ] || fail "exit code $code of a server that was told to stop (expected: 143)"
}

# With AOTMode=on a JVM that cannot use the cache does not start: jars of another time or order would show.
start_server first "-XX:AOTMode=on"
expected=$(curl -fsS "$host$question" | answer_of)
[ "$(answer_of <"$work/answer")" = "$expected" ] || fail "the image answers $(cat "$work/answer") (expected: $expected)"
ok "the server follows the pin and answers as laurel serve does: $expected"
pid=$(crun state "$name-first" | jq .pid)
grep -q '^Uid:	10001	10001	10001	10001$' "/proc/$pid/status" || fail "not the user 10001: $(grep Uid "/proc/$pid/status")"
grep -q '^CapEff:	0000000000000000$' "/proc/$pid/status" || fail "capabilities: $(grep Cap "/proc/$pid/status")"
awk '$5 == "/" { found = $6 ~ /(^|,)ro(,|$)/ } END { exit !found }' "/proc/$pid/mountinfo" || fail "the root can be written"
[ ! -e "/proc/$pid/root/bin/sh" ] || fail "there is a shell"
memory=$(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status")
ok "as user 10001, without capabilities, with a read-only root, without a shell, in $((memory / 1024)) MB"

# ---- the trainer
step "trainer"
chmod 644 "$work/token"
container train trainer "$(bind "$work/token" /etc/laurel/git/token ro)" "$(json LAUREL_REPO="$repository" \
    LAUREL_GIT_TOKEN_FILE=/etc/laurel/git/token JDK_JAVA_OPTIONS=-XX:AOTMode=on)"
begin=$(now_ms)
run train >"$work/trainer.log" 2>&1 || fail "the trainer: exit code $?"
took=$(($(now_ms) - begin))
git --git-dir="$home/models.git" cat-file -e main:models/spy-direction/versions/00/v2/version.yaml || fail "the trainer registered no v2"
laurel verify --repo "$home/models.git" >"$work/verify-all.log" 2>&1 || fail "laurel verify"
ok "the trainer trained and registered v2 in $took ms: $(tail -n 1 "$work/trainer.log")"

mkdir -p "$work/first-start"
chown 10001:10001 "$work/first-start"
container init trainer "$(bind "$work/first-start" /work rw)" '[]' \
    java -cp '/opt/laurel/lib/*' dev.laurel.cli.Main init --offline --repo /work/models.git --url https://git.example.com/models.git --env production
run init >"$work/init.log" 2>&1 || fail "init: exit code $?"
git -c safe.directory='*' --git-dir="$work/first-start/models.git" cat-file -e main:laurel.yaml || fail "the trainer's image laid down no models repository"
ok "the trainer's image lays down a models repository, as the first start of the Git host does"

# ---- the pin moves
[ "$(pin | sed -n 's/^version: //p')" = v2 ] ||
    laurel promote spy-direction v2 --reason "to see the server follow" --repo "$home/models.git" >/dev/null
begin=$(now_ms)
pin >"$work/pin/next" && mv "$work/pin/next" "$work/pin/champion.yaml"
answered_by_v2() { answered && [ "$(jq -r .version "$work/answer")" = v2 ]; }
wait_for 20 "the answer of v2" answered_by_v2
ok "v2 answered $(($(now_ms) - begin)) ms after the pin was moved, and came from the repository over HTTP"
stop_server first

# ---- start times
step "start times"
median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }
# measure MODE: the median of the starts.
measure() {
    local i times=
    for ((i = 1; i <= ${STARTS:-3}; i++)); do
        start_server "$1-$i" "-XX:AOTMode=$1"
        stop_server "$1-$i"
        times+="$took
"
    done
    printf '%s' "$times" | median
}
with=$(measure on)
without=$(measure off)
[ "$with" -lt "$without" ] || fail "with the cache of classes a start takes $with ms, without $without ms"
ok "from exec to the first prediction: $with ms with the cache of classes, $without ms without (median of ${STARTS:-3})"

# ---- sizes
step "sizes"
kb() { echo $((($1 + 500) / 1000)); }
for each in server trainer; do
    buildah push --quiet --format oci --signature-policy "$work/policy.json" "laurel-$each" "oci:$work/oci-$each" >/dev/null
    blobs=$work/oci-$each/blobs/sha256
    manifest=$(jq -r '.manifests[0].digest' "$work/oci-$each/index.json")
    total=0
    for layer in $(jq -r '.layers[].digest' "$blobs/${manifest#sha256:}"); do
        packed=$(stat -c %s "$blobs/${layer#sha256:}")
        total=$((total + packed))
        echo "laurel-$each: a layer of $(kb "$(gunzip -c "$blobs/${layer#sha256:}" | wc -c)") kB, packed $(kb "$packed") kB"
    done
    echo "laurel-$each: $(kb "$total") kB packed"
done
all_passed
