"""The pictures of the README, rendered from the demo by LibreOffice: `make demo` first, then `python -m docs.pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).parent / "pictures"
SHEETS = {"计划-王丽": ("plan", 1260, 620), "团队计划": ("team", 860, 600), "周进度2026W48": ("week", 1010, 730)}
DPI = 320  # one page holds a whole sheet: its print is small
ONE_PAGE = 'pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}}'


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def _pdf(source: Path, folder: Path, kind: str) -> Path:
    profile = (folder / "profile").as_uri()
    for _ in range(2):  # a new profile's first start may only set itself up
        _run("soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", kind, "--outdir", str(folder), str(source))
        made = folder / f"{source.stem}.pdf"
        if made.exists():
            return made
    raise FileNotFoundError(made)


def _png(pdf: Path, page: int, name: str, dpi: int, size: tuple[int, int] = (0, 0)) -> None:
    target = HERE / name
    crop = ["-x", "0", "-y", "0", "-W", str(size[0]), "-H", str(size[1])] if size[0] else []
    _run("pdftoppm", "-png", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", *crop, str(pdf), str(target))


def main(folder: Path) -> None:
    """Render the sheets named above and the first letter of a demo folder."""
    HERE.mkdir(exist_ok=True)
    book = next(folder.glob("*.xlsx"))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shutil.copy(book, work / "demo.xlsx")
        pdf = _pdf(work / "demo.xlsx", work, ONE_PAGE)
        visible = [s.title for s in openpyxl.load_workbook(book).worksheets if s.sheet_state == "visible"]
        for title, (picture, *size) in SHEETS.items():
            _png(pdf, visible.index(title) + 1, picture, DPI, (size[0], size[1]))
        letter = min(folder.rglob("*.docx"))
        shutil.copy(letter, work / "letter.docx")
        _png(_pdf(work / "letter.docx", work, "pdf"), 1, "letter", 60)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo"))
