#!/usr/bin/env bash
# NegMAS 0.16 loads what we write and computes the same utilities.
# Installs NegMAS into a folder under target/; says so plainly where it cannot.
# Usage: [DETENTE=PROGRAM] tests/negmas/run.sh [prepare: install only]
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=target/negmas
if [ ! -x "$environment/bin/python" ]; then
    python3 -m venv "$environment" || { echo "skipped: no Python with venv here"; exit 0; }
fi
if ! "$environment/bin/python" -c 'import negmas' 2>/dev/null; then
    "$environment/bin/pip" install --quiet 'negmas==0.16.0' 2>"$environment/pip.log" \
        || { echo "skipped: negmas 0.16.0 could not be installed ($environment/pip.log)"; exit 0; }
fi
[ "${1:-}" != prepare ] || exit 0
detente=${DETENTE:-target/debug/detente}
[ -n "${DETENTE:-}" ] || cargo build --locked --quiet --package detente-cli
folders=(examples/tiny examples/tiny/negmas tests/negmas/mixed)
shared=../shared/scenarios
if [ -d "$shared" ]; then
    for name in 2010-ItexvsCypress 2011-Laptop 2012-FitnessA 2014-10issues 2015-group9-vacation \
        2015-group12-symposium other-Domain8; do
        folders+=("$shared/genius/$name")
    done
    folders+=("$shared/score-sheets/base")
else
    echo "skipped: the scenarios in $shared are not there"
fi
exec "$environment/bin/python" tests/negmas/same_utilities.py "$detente" "${folders[@]}"
