#!/bin/sh
# Fetches the browser libraries named below and lays them into caseapp/static/vendor/,
# then writes VENDORED.md. Needs npm and the network; only a maintainer who raises a
# version runs it. What it writes is committed, so nobody else needs either.
#
# To raise a version: change it here, run this script, read the diff, run the browser tests.
# To add an icon: add its Bootstrap Icons name to ICONS, run this script.
set -eu

BOOTSTRAP=5.3.9
ICON_SET=1.13.2
HTMX=2.0.11
SORTABLE=1.15.7

ICONS="
arrow-down arrow-left arrow-repeat arrow-up book bookmark box-arrow-in-right box-arrow-right
box-arrow-up-right briefcase calendar-event check-circle check-lg chevron-down chevron-left
chevron-right circle-half clipboard clock-history diagram-3 download exclamation-triangle
eye file-earmark-pdf file-earmark-plus file-text filter fingerprint flag folder grip-vertical
hourglass-split info-circle journal-text key keyboard link-45deg list lock moon-stars pencil
people person-circle person-plus phone plus-lg question-circle quote scissors search shield-check
shield-lock
sign-merge-right stop-circle sun tags three-dots translate trash upload x-circle x-lg
"

root=$(cd "$(dirname "$0")/.." && pwd)
vendor="$root/caseapp/static/vendor"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # fetch NAME VERSION: unpacks the published package into $work/NAME
    archive=$(cd "$work" && npm pack --silent "$1@$2")
    mkdir -p "$work/$1"
    tar -xzf "$work/$archive" -C "$work/$1" --strip-components=1
}

take() { # take FROM TO: copies one file; a source map we do not ship must not be named in it
    mkdir -p "$(dirname "$vendor/$2")"
    sed -E '/^(\/\/|\/\*)# sourceMappingURL=/d' "$work/$1" > "$vendor/$2"
}

sprite() { # one file of <symbol>s, used as <svg><use href="…/sprite.svg#name"></use></svg>
    echo '<svg xmlns="http://www.w3.org/2000/svg">'
    for icon in $ICONS; do
        tr -d '\n' < "$work/bootstrap-icons/icons/$icon.svg" |
            sed -E "s|<svg[^>]*viewBox=\"([^\"]*)\"[^>]*>|<symbol id=\"$icon\" viewBox=\"\\1\">|; s|</svg>|</symbol>|; s|> +<|><|g"
        echo
    done
    echo '</svg>'
}

rm -rf "$vendor"
mkdir -p "$vendor"

fetch bootstrap "$BOOTSTRAP"
take bootstrap/dist/css/bootstrap.min.css bootstrap/bootstrap.min.css
take bootstrap/dist/js/bootstrap.bundle.min.js bootstrap/bootstrap.bundle.min.js
take bootstrap/LICENSE bootstrap/LICENSE

fetch bootstrap-icons "$ICON_SET"
take bootstrap-icons/LICENSE bootstrap-icons/LICENSE
sprite > "$vendor/bootstrap-icons/sprite.svg"

fetch htmx.org "$HTMX"
take htmx.org/dist/htmx.min.js htmx/htmx.min.js
take htmx.org/LICENSE htmx/LICENSE

fetch sortablejs "$SORTABLE"
take sortablejs/modular/sortable.esm.js sortablejs/sortable.esm.js
take sortablejs/LICENSE sortablejs/LICENSE

row() { # row NAME VERSION LICENCE FILE
    echo "| $1 | $2 | $3 | \`$4\` | \`$(sha256sum "$vendor/$4" | cut -d' ' -f1)\` |"
}
{
    cat <<'HEAD'
# Vendored browser libraries

Written by `scripts/vendor.sh`; do not edit by hand. Each folder holds the library's own
licence. Lines that name a source map are taken out (the maps are not shipped); the icons
are gathered into one sprite; nothing else is changed. `tests/core/test_vendored.py` holds
the files to these hashes.

| Library | Version | Licence | File | SHA-256 of the file here |
|---|---|---|---|---|
HEAD
    row Bootstrap "$BOOTSTRAP" MIT bootstrap/bootstrap.min.css
    row Bootstrap "$BOOTSTRAP" MIT bootstrap/bootstrap.bundle.min.js
    row "Bootstrap Icons" "$ICON_SET" MIT bootstrap-icons/sprite.svg
    row htmx "$HTMX" 0BSD htmx/htmx.min.js
    row SortableJS "$SORTABLE" MIT sortablejs/sortable.esm.js
} > "$vendor/VENDORED.md"
