#!/usr/bin/env bash
# Installs, on a runner, the release of Laurel that release.sha256 beside this script pins: `laurel` is on the PATH of the steps that follow,
# LAUREL_HOME is the folder. LAUREL_DOWNLOADS: where releases are, such as a mirror inside the house.
set -euo pipefail

pin=$(dirname "$0")/release.sha256
downloads=${LAUREL_DOWNLOADS:-https://github.com/laurel-ml/laurel/releases/download}

line=$(sed -n '/^[0-9a-f]\{64\}  laurel-[0-9][0-9A-Za-z.+-]*\.tar\.gz$/p' "$pin")
if [ "$(printf '%s' "$line" | grep -c .)" -ne 1 ]; then
    echo "$pin: no release is pinned (expected: one line, that of laurel-<version>.tar.gz.sha256 of a release)" >&2
    exit 1
fi
archive=${line#*  }
version=${archive#laurel-}
version=${version%.tar.gz}

folder=$RUNNER_TEMP/laurel-$version
rm -rf "$folder"
mkdir -p "$folder"
curl --fail --silent --show-error --location --retry 3 --output "$RUNNER_TEMP/$archive" "$downloads/v$version/$archive"
# Before anything looks into it.
(cd "$RUNNER_TEMP" && sha256sum --check --strict --quiet - <<<"$line")
tar -xzf "$RUNNER_TEMP/$archive" -C "$folder" --strip-components=1 --no-same-owner
echo "LAUREL_HOME=$folder" >>"$GITHUB_ENV"
echo "$folder" >>"$GITHUB_PATH"
"$folder/laurel" --version
