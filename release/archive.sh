#!/usr/bin/env bash
# Packs the release that everybody downloads: target/release/laurel-<version>.tar.gz, with its checksum beside it as sha256sum writes it,
# which is the line that a models repository pins. The same sources and JDK give the same bytes.
# TAG: the tag of this release, such as v0.1.0; it has to be that of the version in pom.xml.
set -euo pipefail

cd "$(dirname "$0")/.."
version=$(sed -n 's#^  <version>\(.*\)</version>$#\1#p' pom.xml)
if [ -n "${TAG:-}" ] && [ "$TAG" != "v$version" ]; then
    echo "tag: $TAG (expected: v$version, the version in pom.xml; change that first, in a commit of its own)" >&2
    exit 1
fi

./laurel --version >&2
name=laurel-$version
release=target/release
rm -rf "$release"
mkdir -p "$release/$name"
cp -r "target/laurel/$(cat target/laurel/current)/lib" laurel LICENSE README.md CHANGELOG.md "$release/$name"

# A time that the sources give, and nobody's name.
time=$(sed -n 's#.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*#\1#p' pom.xml)
tar --sort=name --mtime="$time" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX -C "$release" -cf - "$name" |
    gzip -9 -n >"$release/$name.tar.gz"
rm -r "${release:?}/$name"
(cd "$release" && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256")
