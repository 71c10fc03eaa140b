"""The registry of worksheet functions."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence

from addin.registry import Function


def functions() -> Sequence[Function]:
    """Every DC_ function, in the order of declaration; none while the package has no `macros_py.udfs`."""
    if importlib.util.find_spec("macros_py.udfs") is None:
        return ()
    registry: Sequence[Function] = importlib.import_module("macros_py.udfs").FUNCTIONS
    return registry
