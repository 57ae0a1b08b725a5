"""Code run as another user: for root, permissions stop nothing, so a read-only place must be tried as somebody else."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest


def run_as_nobody(code: str) -> str:
    """What `code` prints when another user runs it: as root, permissions stop nothing."""
    imports = "import os\nfrom pathlib import Path\nfrom ketatrack.diary import database, tables, writing\n"
    imports += "from ketatrack.errors import KetaTrackError\n"
    # Imported first: the other user may not be able to read where Python lies.
    wrapped = imports + "os.setgid(65534)\nos.setuid(65534)\n" + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", wrapped], capture_output=True, text=True, check=False, cwd="/", env=_environment()
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment() -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[1])
    return os.environ | {"PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}


needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)


def open_the_way(folder: Path) -> None:
    """Let other users into a temporary folder."""
    while folder != folder.parent and folder.stat().st_uid == os.geteuid() and str(folder) != "/tmp":
        folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent
