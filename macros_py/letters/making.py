"""The files that a press makes: letters and the SMS list, as bytes; the run layer stages them and moves them in at commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros_py.letters import names
from macros_py.letters.batch import render_batch
from macros_py.letters.errors import LetterError

if TYPE_CHECKING:
    from macros_py.domain.changes import FileModel

BUILT_IN: Final = Path(__file__).resolve().parents[2] / "workbook_templates"
OWN_FOLDER: Final = "信函模板"  # a manager's own templates, beside the workbook: .docx for letters, .txt for SMS
SMS: Final = "sms"


def template_folders(book: Path) -> tuple[Path, ...]:
    """Where templates are looked for, the manager's own folder beside the workbook first."""
    return (book.parent / OWN_FOLDER, BUILT_IN / "letters", BUILT_IN / "sms")


def make(files: Sequence[FileModel], template_folders: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Name and bytes of every file, in order. LetterError when one of them cannot be made: then none is to be kept."""
    return list(made(files, template_folders))


def made(files: Sequence[FileModel], template_folders: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """As `make`, one after the other, for a progress bar."""
    file_names = names.checked(f.name for f in files)
    letters = [f for f in files if f.template != SMS]
    templates = {name: find_template(name, template_folders) for name in {f.template for f in letters}}
    with closing(render_batch([(f.template, f.context) for f in letters], templates)) as filled:
        for name, file in zip(file_names, files, strict=True):
            yield name, _sms_list(file, template_folders) if file.template == SMS else next(filled)


def find_template(name: str, folders: Sequence[Path]) -> Path:
    """The .docx of that name in the first folder that has one. A name is a file's stem, never a path."""
    if name and name == Path(name).name and not name.startswith("."):
        for folder in folders:
            path = folder / f"{name}.docx"
            if path.is_file() and path.resolve().parent == folder.resolve():
                return path
    raise LetterError("template-missing", template=name[:60])


def _sms_list(file: FileModel, folders: Sequence[Path]) -> bytes:
    from macros_py.letters import sms

    rows = file.context["rows"]
    return sms.workbook(rows, sms.texts(rows, sms.sources(folders), file.context["signature"], file.context["banned"]))
