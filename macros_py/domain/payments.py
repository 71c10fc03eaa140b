"""What a line of a statement is, and which lines count as receipts. Codes here; sheets.payment_words has the words that people read, here are those that a report needs too."""

from __future__ import annotations

from typing import Final

# state: what the line is
RECEIVED, REFUND, REVERSAL, REVERSED = "received", "refund", "reversal", "reversed"
EXPENSE, PENDING, FAILED, INTERNAL = "expense", "pending", "failed", "internal"
# match: what became of a receipt
POSTED, PROPOSED, UNMATCHED = "posted", "proposed", "unmatched"
# confirmed: what a person typed
YES, UNDO = "yes", "undo"

STATES: Final = (RECEIVED, REFUND, REVERSAL, REVERSED, EXPENSE, PENDING, FAILED, INTERNAL)
MATCH_WORDS: Final = {POSTED: ("已入账", "Posted"), PROPOSED: ("待确认", "To confirm"), UNMATCHED: ("未匹配", "Unmatched")}
MATCHES: Final = tuple(MATCH_WORDS)
