"""Environments of other software, each by its own lock: ours never shares one with them."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATIENCE = 600


def python_of(name: str) -> Path:
    """Python of ``build/<name>``, made by ours when ``requirements/<name>.txt`` is newer."""
    lock, venv = ROOT / "requirements" / f"{name}.txt", ROOT / "build" / name
    venv.parent.mkdir(exist_ok=True)
    stamp = venv / "stamp"
    with (venv.parent / f"{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
            _make(venv, lock)
            stamp.touch()
    return venv / "bin" / "python"


def _make(venv: Path, lock: Path) -> None:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        pytest.skip(
            f"{venv.name} needs uv beside the Python that runs the tests: ./test installs it"
        )
    environment = {**os.environ, "VIRTUAL_ENV": str(venv)}
    if Path("/etc/ssl/certs/ca-certificates.crt").exists():
        environment["UV_SYSTEM_CERTS"] = "1"
    for arguments in (
        ["venv", "--clear", "--python", sys.executable, str(venv)],
        ["pip", "sync", "--require-hashes", str(lock)],
    ):
        subprocess.run([uv, "--quiet", *arguments], env=environment, check=True, timeout=PATIENCE)
