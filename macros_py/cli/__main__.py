"""python -m macros_py.cli"""

from macros_py.cli import main

raise SystemExit(main())
