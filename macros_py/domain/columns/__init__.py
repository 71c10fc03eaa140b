"""Every column of the product, once: name, kind, zh/en label, and the headers under which people keep it. A module per table.

Aliases are compared after sheets.headers has folded case, width, spaces and punctuation away.
"""

from macros_py.domain.columns.accounts import *
from macros_py.domain.columns.cases import *
from macros_py.domain.columns.contacts import *
from macros_py.domain.columns.filled import *
from macros_py.domain.columns.month_ends import *
from macros_py.domain.columns.office import *
from macros_py.domain.columns.packs import *
from macros_py.domain.columns.payments import *
from macros_py.domain.columns.plans import *
from macros_py.domain.columns.receipts import *
from macros_py.domain.columns.reconciliation import *
from macros_py.domain.columns.repayment import *
from macros_py.domain.columns.reports import *
