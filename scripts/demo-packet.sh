#!/usr/bin/env bash
# Builds the demonstration packet without a browser, into the folder given. The folder is made anew each time.
set -euo pipefail
cd "$(dirname "$0")/.."
out="$1"
rm -rf "$out"
mkdir -p "$out"
export DATA_DIR="$out/data"
.venv/bin/python manage.py migrate --verbosity 0
packet="$(.venv/bin/python manage.py load_demo --json |
    .venv/bin/python -c 'import json, sys; print(next(iter(json.load(sys.stdin)["packets"].values())))')"
.venv/bin/python manage.py build_packet "$packet" --out "$out"
printf '\nThe packet and its manifest are in %s\n' "$out"
