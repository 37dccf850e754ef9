#!/usr/bin/env bash
# Brings the database and the static files up to the code. Changes nothing when they are.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py createcachetable --verbosity 0
.venv/bin/python manage.py collectstatic --no-input --verbosity 0
