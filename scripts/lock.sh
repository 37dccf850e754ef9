#!/usr/bin/env bash
# Compiles what we ask for into what is installed: every package at one version, with hashes, for every Python.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}
compile requirements.in -o requirements.txt
compile requirements-dev.in -o requirements-dev.txt
