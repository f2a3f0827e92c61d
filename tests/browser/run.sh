#!/usr/bin/env bash
# Real browsers through a whole mediation: four roles at once, English,
# Arabic and Hebrew, with and without JavaScript; every page through axe-core.
# Usage: [DETENTE=PROGRAM] tests/browser/run.sh [folder for screenshots] [parts, such as `he creation`]
#        tests/browser/run.sh prepare: install only
set -euo pipefail
cd "$(dirname "$0")/../.."
skip() { echo "skipped: $*"; exit 0; }

command -v npm >/dev/null || skip "there is no npm"
browser=$(command -v chromium || true)
if [ -z "$browser" ] && [ "$(id -u)" = 0 ]; then
  apt-get install -y chromium >/dev/null 2>&1 || true
  browser=$(command -v chromium || true)
fi
[ -n "$browser" ] || skip "there is no chromium, and it cannot be installed"

tools=target/browser
mkdir -p "$tools"
if [ ! -d "$tools/node_modules/playwright-core" ]; then
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 timeout 120 npm install --prefix "$tools" --no-audit --no-fund \
    playwright-core@1.65.1 axe-core@4.14.1 >/dev/null 2>&1 || skip "playwright-core cannot be fetched"
fi

[ "${1:-}" != prepare ] || exit 0
detente=${DETENTE:-target/debug/detente}
[ -n "${DETENTE:-}" ] || cargo build --quiet --locked -p detente-cli
server=
data=
end() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$data"; server=; }
trap end EXIT
shots=${1:-}
[ $# -lt 2 ] || shift
[ $# -gt 0 ] && [ "$1" != "$shots" ] || set -- outside en ar he en-noscript ar-noscript creation
failed=0
for part in "$@"; do
  data=$(mktemp -d)
  "$detente" serve --demo --listen 127.0.0.1:0 --data "$data" >"$data/out" &
  server=$!
  url=
  for _ in $(seq 100); do
    url=$(sed -n 's/^listening on //p' "$data/out")
    [ -n "$url" ] && break
    sleep 0.1
  done
  [ -n "$url" ] || { echo "the server did not start"; exit 1; }
  NODE_PATH="$tools/node_modules" BROWSER="$browser" \
    node tests/browser/mediation.cjs "$part" "$url" "$data" "$shots" || { echo "FAILED: $part"; failed=1; }
  end
done
exit "$failed"
