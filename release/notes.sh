#!/usr/bin/env bash
# Prints what CHANGELOG.md says of a version, the text of its release: notes.sh 0.1.0
set -euo pipefail

version=${1:?usage: notes.sh VERSION}
changelog=${CHANGELOG:-$(dirname "$0")/../CHANGELOG.md}
notes=$(awk -v version="$version" '
    /^## / { found = $2 == version || $2 == "[" version "]"; next }
    found { print }' "$changelog")
if [ -z "${notes//[[:space:]]/}" ]; then
    echo "$changelog: nothing of $version (expected: a section '## $version', which '## Unreleased' becomes)" >&2
    exit 1
fi
echo "$notes"
