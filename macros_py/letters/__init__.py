"""Letters and SMS: templates are data, filled in a sandbox, in a child process."""

from macros_py.letters.errors import LetterError
from macros_py.letters.making import made, make, template_folders

__all__ = ["LetterError", "made", "make", "template_folders"]
