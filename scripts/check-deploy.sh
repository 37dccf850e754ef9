#!/usr/bin/env bash
# Django's own deployment checks, and ours, as an office server behind TLS would meet them.
set -euo pipefail
cd "$(dirname "$0")/.."
data="$(mktemp -d)"
trap 'rm -rf "$data"' EXIT
mkdir -m 700 "$data/data" "$data/keys"
env DATA_DIR="$data/data" CASE_KEYS_FILE="$data/keys/case_keys" DEBUG=off HTTPS=on ALLOWED_HOSTS=evidence.example.org \
    SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    .venv/bin/python manage.py check --deploy --fail-level WARNING
