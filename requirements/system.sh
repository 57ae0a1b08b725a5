#!/bin/sh
# Qt's system libraries on Debian and Ubuntu: installs what is missing, or says the exact command. Elsewhere: nothing to do.
# usage: system.sh [PYTHON | xvfb | dev]
set -eu
command -v dpkg-query >/dev/null 2>&1 || exit 0

# GLib itself is called differently from one release to the next; libglib2.0-bin brings it in all.
wanted="libegl1 libgl1 libglib2.0-bin libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0
libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
case "${1:-}" in
    xvfb) wanted="xvfb" ;;
    dev) wanted="poppler-utils qpdf gcc libc6-dev" ;; # readers of PDF that the tests ask; a failing disk is compiled
    "") ;;
    *) "$1" -c "import ensurepip" >/dev/null 2>&1 || wanted="$wanted python3-venv" ;;
esac

missing=""
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    as=""
elif sudo -n true 2>/dev/null; then
    as="sudo"
else
    echo "KetaTrack needs system packages that are not installed. Please run this, then the same make command again:" >&2
    echo "    sudo apt-get update && sudo $command" >&2
    exit 1
fi
echo "Installing system packages:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
{ $as apt-get update && $as $command; } >/dev/null
