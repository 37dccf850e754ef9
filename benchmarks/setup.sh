#!/usr/bin/env bash
# Installs what `make bench` compares the program with: qpdf, MuPDF, Ghostscript and pdftk as Debian packages, pypdf,
# PyMuPDF and ReportLab into an environment of their own (benchmarks/.venv). What cannot be had is left out, and the
# results say so.
set -uo pipefail
cd "$(dirname "$0")"

root_prefix() {
    if [ "$(id -u)" = 0 ]; then echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then echo "sudo -n env"
    fi
}

missing=""
command -v qpdf >/dev/null || missing="$missing qpdf"
command -v mutool >/dev/null || missing="$missing mupdf-tools"
command -v gs >/dev/null || missing="$missing ghostscript"
command -v pdftk >/dev/null || missing="$missing pdftk-java"
if [ -n "$missing" ]; then
    prefix="$(root_prefix)"
    if [ -n "$prefix" ] && command -v apt-get >/dev/null; then
        echo "==> Installing$missing"
        $prefix DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
        for package in $missing; do
            $prefix DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$package" \
                </dev/null >/dev/null || echo "==> $package could not be installed; it is left out"
        done
    else
        echo "==> Not installed, and left out:$missing"
    fi
fi

if [ "$(cat .venv/installed 2>/dev/null)" != "$(cat peers.txt)" ]; then
    echo "==> Making benchmarks/.venv"
    ../.venv/bin/python -m venv --clear .venv &&
        .venv/bin/python -m pip install --quiet --disable-pip-version-check -r peers.txt </dev/null &&
        cp peers.txt .venv/installed ||
        echo "==> The tools of benchmarks/peers.txt could not be installed; they are left out"
fi
