# Sourced with `run` or `dev`: brings .venv to what requirements/ says, and does nothing if it is.
# Needs bash and Python 3.11 or newer; on Debian, root gets a missing python3-venv. Speaks on stderr.

keruen_bootstrap() (
  set -euo pipefail
  cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
  locks=$1 stamp=.venv/stamp python=
  # A stamp says which locks were followed, and in which folder: .venv cannot be moved.
  [ "$(cat $stamp 2>/dev/null)" != "dev $PWD" ] || locks=dev
  fresh && return

  exec 9<scripts/bootstrap.sh
  ! command -v flock >/dev/null || flock 9 # two at once: the second waits, and finds it done
  fresh && return

  echo "Setting up $PWD/.venv ..." >&2
  { made_here && .venv/bin/python -m pip --version; } >/dev/null 2>&1 || make_venv >&2
  {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/install.txt
    export VIRTUAL_ENV=$PWD/.venv
    # A closed network may have its own authority: trust what the system trusts, where it says so.
    [ ! -e /etc/ssl/certs/ca-certificates.crt ] || export UV_SYSTEM_CERTS=1
    echo "--editable ." | .venv/bin/uv pip sync --quiet --build-constraints requirements/build.txt "requirements/$locks.txt" -
  } >&2
  echo "$locks $PWD" >$stamp
)

fresh() {
  [ "$(cat $stamp 2>/dev/null)" = "$locks $PWD" ] || return
  local source
  for source in pyproject.toml requirements/*.txt; do
    [ $stamp -nt "$source" ] || return
  done
}

made_here() {
  [[ $(cat $stamp) == *" $PWD" ]]
}

make_venv() {
  [ ! -L .venv ] || {
    echo "$PWD/.venv is a link: what it leads to is somebody else's. Remove the link."
    return 1
  }
  find_python || { apt_install python3 python3-venv && find_python; } || {
    echo "Keruen needs Python 3.11 or newer with venv; on Debian 12: apt-get install python3-venv"
    return 1
  }
  "$python" -m venv --clear .venv
}

find_python() {
  for python in python3 python3.13 python3.12 python3.11; do
    "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
  done
}

apt_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
} </dev/null

keruen_bootstrap "$1"
