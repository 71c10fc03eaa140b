"""Every benchmark, one after the other: `make bench`."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path


def main() -> None:
    """Run the main() of each bench_ module beside this one."""
    for module in sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if m.name.startswith("bench_")):
        print(f"== {module}")
        importlib.import_module(f"tests.benchmarks.{module}").main()


if __name__ == "__main__":
    main()
