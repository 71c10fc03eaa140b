"""The extension in a LibreOffice with a profile of its own, and a script of the system's Python that works in it."""

from __future__ import annotations

import io
import json
import subprocess
import sysconfig
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from macros_py import udfs
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite
from tests.conftest import ROOT
from workbook_templates.build import workbook
from workbook_templates.contents import LEDGER, MANAGER

SYSTEM_PYTHON: Final = "/usr/bin/python3"  # LibreOffice's own
PRODUCT: Final = (Path(sysconfig.get_path("purelib")), ROOT)


def run(script: str, folder: Path, extension: bytes, packages: Sequence[Path], job: dict[str, Any]) -> Any:
    """What a script beside this file tells of a job, with the extension installed and these folders on its import path."""
    home = folder / "home"
    home.mkdir()
    asked = [SYSTEM_PYTHON, "-c", "import sys; print(list(sys.version_info[:2]))"]
    version = json.loads(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
    (home / "calc.json").write_text(json.dumps({"folders": [str(p) for p in packages], "python": version}))
    with zipfile.ZipFile(io.BytesIO(extension)) as opened:
        opened.extractall(folder / "extensions" / "dunbook.oxt")
    command, given = (
        [SYSTEM_PYTHON, Path(__file__).parent / script, folder],
        json.dumps({**job, "extensions": str(folder / "extensions")}),
    )
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def filled_ledger(folder: Path, cases: Sequence[Mapping[str, Any]]) -> Path:
    """The manager's workbook as it is handed out, with these cases by their labels; a press does not ask, for nobody is there to answer."""
    path = folder / MANAGER.file
    path.write_bytes(workbook(MANAGER, udfs.FUNCTIONS))
    host = FileHost(path)
    labels = [k.zh for k in LEDGER.columns]
    host.write(CellWrite("案件台账", [(row, 1 + labels.index(k), v) for row, case in enumerate(cases, 4) for k, v in case.items()]))
    settings = host.read("设置")
    ask = next(settings.top + at for at, row in enumerate(settings.cells) if row[0] == "写入前询问")
    host.write(CellWrite("设置", [(ask, 2, "否")]))
    host.save()
    host.close()
    return path
