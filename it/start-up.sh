#!/usr/bin/env bash
# The launcher's cache of classes: made once, in the background, and never in the way of a command, whatever became of it.
set -euo pipefail

# shellcheck source=it/steps.sh
. "$(dirname "$0")/steps.sh"
trap 'rm -rf "$work"' EXIT

laurel() { "$root/laurel" "$@"; }

# What it says, alone and unchanged.
expect_version() {
    local said
    said=$(laurel --version 2>&1) || fail "$1: laurel --version: $said"
    [ "$said" = "$version" ] || fail "$1: $said"
    ok "$1"
}

laurel --version >/dev/null
version=$(laurel --version)
app=$root/target/laurel/$(cat "$root/target/laurel/current")
{ read -r number && read -r jdk; } <"$root/target/laurel/java"
cache=$app/cache-$jdk

expect_made() {
    local end=$(($(now_ms) + 300000))
    while [ -e "$cache/maker" ]; do
        [ "$(now_ms)" -lt "$end" ] || fail "$1: not made in five minutes"
        sleep 0.2
    done
    [ -r "$cache/options" ] || fail "$1: $(tail -n 5 "$cache/log")"
    ok "$1"
}

expect_made "a cache for JDK $number"

# Two at once, where there is none: one makes it, neither waits.
rm -rf "$cache" "$app"/used-by-*
begin=$(now_ms)
laurel --version >/dev/null &
laurel --version >/dev/null
wait $!
ok "two launchers at once took $(($(now_ms) - begin)) ms"
[ "$(find "$app" -name 'used-by-*' | wc -l)" -eq 1 ] || fail "two launchers make a cache each"
expect_made "and one of them made a cache"

# A maker that was killed leaves a folder behind; the next command begins anew.
rm -f "$cache/options"
echo 999999999 >"$cache/maker"
expect_version "a maker that is gone is no obstacle"
expect_made "and the cache was made anew"

expect_version "from the cache"
# One class that is not in the cache can be the first of a signed jar, whose signature is then verified.
from_jars=$(LAUREL_JAVA_OPTS="-XX:+UseSerialGC -Xlog:class+load" laurel --help | grep 'source: file:.*\.jar' || true)
[ -z "$from_jars" ] || fail "laurel --help loads from jars: $(head -n 3 <<<"$from_jars")"
ok "every class of laurel --help is in the cache"
LAUREL_JAVA_OPTS="-XX:+UseG1GC -Xmx200m" expect_version "with another collector"
LAUREL_JAVA_OPTS="-XX:+UseSerialGC -XX:-UseCompressedOops" expect_version "with pointers that the cache does not fit"
cp "$cache/classes" "$work/classes"
chmod u+w "$cache/classes"
size=$(wc -c <"$work/classes")
head -c 1000000 "$work/classes" >"$cache/classes"
expect_version "with a cache that was cut short"
head -c "$size" /dev/zero >"$cache/classes"
expect_version "with a cache of zeros"
rm -f "$cache/classes"
expect_version "without the file of the cache"
mv "$work/classes" "$cache/classes"

touch "$cache"/picocli-*.jar
expect_version "with a jar that is newer than the cache"
rm -rf "$cache"
all_passed
