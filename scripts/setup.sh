#!/usr/bin/env bash
# Makes everything the other commands need: system libraries, the virtual environment, the Python packages.
#   scripts/setup.sh          what running the program needs
#   scripts/setup.sh --dev    and what checking and testing it needs
# Does only what is missing, so a second run takes a moment.
set -euo pipefail
cd "$(dirname "$0")/.."

with_tests=no
if [ "${1:-}" = "--dev" ]; then with_tests=yes; fi

say() { printf '==> %s\n' "$*"; }
stop() { printf '\nSet-up stopped. %s\n' "$*" >&2; exit 1; }

# The newest Python we know to work; prints its path, or nothing.
find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

has_library() {
    local known
    # Read whole: a reader that stops at the first hit would make ldconfig, and so this question, fail.
    known="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)"
    [[ "$known" == *"$1"* ]]
}

# Debian packages that are missing, one a line.
missing_packages() {
    local python
    python="$(find_python)"
    if [ -z "$python" ]; then
        echo python3
        echo python3-venv
    elif ! "$python" -c 'import ensurepip' 2>/dev/null; then
        echo python3-venv
    fi
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    if [ "$with_tests" = yes ]; then
        command -v chromium >/dev/null || echo chromium
        command -v msgfmt >/dev/null || echo gettext
    fi
}

# How to become root without asking anything; prints the prefix, fails when there is no way.
root_prefix() {
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "sudo -n env"
    else
        return 1
    fi
}

install_packages() {
    local missing prefix
    missing="$(missing_packages | tr '\n' ' ')"
    if [ -z "$missing" ]; then return; fi
    command -v apt-get >/dev/null ||
        stop "These Debian packages, or what your system calls them, must be installed first: $missing"
    prefix="$(root_prefix)" ||
        stop "An administrator must install these packages first:
    sudo apt-get install $missing"
    say "Installing system packages: $missing"
    $prefix DEBIAN_FRONTEND=noninteractive apt-get update -q ||
        say "The package lists could not be refreshed; trying with those that are there"
    # shellcheck disable=SC2086 # the names are separate words
    $prefix DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing </dev/null ||
        stop "apt-get could not install: $missing"
    missing="$(missing_packages | tr '\n' ' ')"
    if [ -n "$missing" ]; then stop "Still missing after apt-get: $missing"; fi
}

make_environment() {
    local python
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then return; fi
    python="$(find_python)"
    [ -n "$python" ] || stop "Python 3.11 or newer is needed and was not found."
    say "Making the virtual environment .venv with $("$python" --version)"
    "$python" -m venv --clear .venv || stop "The virtual environment could not be made."
}

# Installs one locked list, unless it is what was installed last.
install_requirements() {
    local list="$1" stamp wanted
    stamp=".venv/installed-$(basename "$list" .txt)"
    wanted="$(sha256sum "$list")"
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    say "Installing Python packages from $list (about half a minute)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$list" </dev/null ||
        stop "pip could not install $list. Is the network there? Nothing else was changed; run the command again."
    printf '%s\n' "$wanted" >"$stamp"
}

install_packages
make_environment
install_requirements requirements.txt
if [ "$with_tests" = yes ]; then install_requirements requirements-dev.txt; fi
