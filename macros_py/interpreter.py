"""The Python of our children: processes of our own that may fail, hang or be stopped without us.

Inside LibreOffice our packages stand on the import path because its extension put them there, and sys.executable may be the office itself;
a child has to be told of both.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Final

PACKAGE_ROOT: Final = Path(__file__).resolve().parents[1]
_PACKAGES: Final = ("site-packages", "dist-packages")


def program() -> str | None:
    """The interpreter of this version; None where there is none."""
    here = Path(sys.executable or "")
    if here.stem.lower().startswith("python"):
        return str(here)
    return shutil.which(f"python{sys.version_info[0]}.{sys.version_info[1]}") or shutil.which("python3") or shutil.which("python")


def import_path() -> str:
    """PYTHONPATH of a child: our package and what it is built on, nothing of the caller's working folder."""
    packages = (folder for folder in sys.path if Path(folder).is_absolute() and Path(folder).name in _PACKAGES)
    return os.pathsep.join(dict.fromkeys([str(PACKAGE_ROOT), *packages]))
