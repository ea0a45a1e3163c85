#!/usr/bin/env bash
# Expected: `import bw2calc` only loads code. It is the part of Brightway that works on datapackages, without
# projects, and runs where bw2data is not installed.
# What happens: where bw2data is installed as well, importing bw2calc imports it, and that makes a folder in the
# home directory with a database of projects and a project "default". Without bw2data nothing is written.
# Why it matters: a server or a container with a read-only home fails at the import, and processes that only
# calculate share and lock one SQLite file in the home. Whether it happens depends on what else is installed, so
# it shows up in production first. Setting BRIGHTWAY2_DIR before the import moves the folder, no more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
look() { # venv name, packages: what a bare import leaves behind in an empty home
    local name=$1
    shift
    python3 -m venv "$folder/$name"
    "$folder/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
    mkdir "$folder/home-$name"
    env -u BRIGHTWAY2_DIR -u XDG_DATA_HOME -u XDG_STATE_HOME -u XDG_CACHE_HOME HOME="$folder/home-$name" \
        "$folder/$name/bin/python" -W ignore -B -c 'import bw2calc' 2>/dev/null
    (cd "$folder/home-$name" && find . -type f | sort)
}
alone=$(look alone bw2calc==3.1.0)
both=$(look both bw2calc==3.1.0 bw2data==4.8)
"$folder/both/bin/pip" list --disable-pip-version-check 2>/dev/null | grep -i '^bw2'
echo "files after 'import bw2calc' alone: ${alone:-none}"
echo "files after 'import bw2calc' beside bw2data:"
echo "${both:-none}"
[[ -z $alone && $both == *projects.db* && $both == *default.* ]]
