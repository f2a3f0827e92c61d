#!/usr/bin/env bash
# A signed agreement verified by a second implementation, and the files of
# `detente agreement export` opened by other programs' readers. Installs those
# into a folder under target/; says so plainly where it cannot.
# Usage: [DETENTE=PROGRAM] tests/agreement/run.sh [other values of each byte, all 255 by default; or `prepare`: install only]
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=target/readers
if [ ! -x "$environment/bin/python" ]; then
    python3 -m venv "$environment" || { echo "skipped: no Python with venv here"; exit 0; }
fi
if ! "$environment/bin/python" -c 'import docx, icalendar, yaml' 2>/dev/null; then
    "$environment/bin/pip" install --quiet 'icalendar==7.3.2' 'python-docx==1.2.0' 'PyYAML==6.*' 2>"$environment/pip.log" \
        || echo "skipped: icalendar, python-docx, PyYAML could not be installed ($environment/pip.log)"
fi
[ "${1:-}" != prepare ] || exit 0
detente=${DETENTE:-target/debug/detente}
[ -n "${DETENTE:-}" ] || cargo build --locked --quiet --package detente-cli
"$environment/bin/python" tests/agreement/run.py "$detente" "${1:-255}"
"$environment/bin/python" tests/agreement/outputs.py "$detente"
