"""The add-in for Excel and the extension for Calc, built without either.

python -m addin.build [FOLDER]      writes dunbook.xlam and dunbook.oxt into dist/; the same bytes every time
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from addin.calc_extension import calc_extension
from addin.excel_addin import excel_addin
from macros_py.udfs import FUNCTIONS

DIST: Final = Path(__file__).resolve().parents[1] / "dist"


def build(folder: Path) -> list[Path]:
    """Both into the folder; → their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"dunbook.xlam": excel_addin(FUNCTIONS), "dunbook.oxt": calc_extension(FUNCTIONS)}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in made]


if __name__ == "__main__":
    for path in build(Path(sys.argv[1]) if len(sys.argv) > 1 else DIST):
        print(path)
