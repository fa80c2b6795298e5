"""The Vietnamese grammar: at which places to look, and which rule comes before which."""

from __future__ import annotations

from broadcast.spoken.grammar import Grammar
from broadcast.spoken.starts import SYMBOL_START, WEB_START
from broadcast.spoken.vi.compact import COMPACT_RULES
from broadcast.spoken.vi.dates import DATE_RULES, DAY_RULES
from broadcast.spoken.vi.documents import DOCUMENT_RULES, ISSUER_RULES
from broadcast.spoken.vi.initials import INITIAL_RULES, INITIAL_START
from broadcast.spoken.vi.letters import is_plain
from broadcast.spoken.vi.months import MONTH_RULES, NUMBERED_RULES, QUARTER_RULES
from broadcast.spoken.vi.names import LETTER_RULES, NUMBER_NAME_RULES
from broadcast.spoken.vi.numbered import NAMED_RULES
from broadcast.spoken.vi.phones import BRACKET_PHONE_RULES, PHONE_RULES, PLUS_PHONE_RULES
from broadcast.spoken.vi.quantities import (
    PER_RULES,
    QUANTITY_RULES,
    SIGN_RULES,
    US_DOLLAR_RULES,
)
from broadcast.spoken.vi.ratios import RATIO_RULES
from broadcast.spoken.vi.roman import ROMAN_RULES
from broadcast.spoken.vi.scores import SCORE_RULES
from broadcast.spoken.vi.shorthand import SHORTHAND_RULES, SHORTHAND_START
from broadcast.spoken.vi.symbols import SYMBOL_RULES
from broadcast.spoken.vi.times import TIME_RULES
from broadcast.spoken.vi.web import TAG_RULES, WEB_RULES
from broadcast.spoken.vi.weekdays import DAY_NAME_RULES, NUMBERED_DAY_RULES

VIETNAMESE = Grammar(
    language="vi",
    is_plain=is_plain,
    starts={
        "web": WEB_START,
        "digit": r"\d",
        "symbol": SYMBOL_START,
        "letter": (
            rf"(?<!\w)(?=[^\W\d_]{{0,12}}+-?\d|[A-Z]\. ?\d|{INITIAL_START}|[Kk][Mm] \d"
            r"|[A-ZĐ]{1,2}[a-z]{0,2} \d{4,5}[ -]TS|[A-ZĐĂÂÊÔƠƯ]{2}|[A-ZĐ]&[A-ZĐ]|[IVXLC](?!\w)"
            r"|US\$)"
        ),
        "shorthand": rf"(?<!\w){SHORTHAND_START}",
        "per": r"(?<!\w)[^\W\d_]+(?=[ ]?/)",
    },
    rules={
        "web": WEB_RULES,
        "digit": (
            *DOCUMENT_RULES,
            *PHONE_RULES,
            *NUMBER_NAME_RULES,
            *COMPACT_RULES,
            *TIME_RULES,
            *NAMED_RULES,
            *DATE_RULES,
            *MONTH_RULES,
            *DAY_RULES,
            *NUMBERED_DAY_RULES,
            *NUMBERED_RULES,
            *SCORE_RULES,
            *RATIO_RULES,
            *QUANTITY_RULES,
        ),
        "symbol": (
            *BRACKET_PHONE_RULES,
            *PLUS_PHONE_RULES,
            *SIGN_RULES,
            *TAG_RULES,
            *SYMBOL_RULES,
        ),
        "letter": (
            *US_DOLLAR_RULES,
            *DAY_NAME_RULES,
            *QUARTER_RULES,
            *PER_RULES,
            *ROMAN_RULES,
            *ISSUER_RULES,
            *INITIAL_RULES,
            *LETTER_RULES,
        ),
        "per": PER_RULES,
        "shorthand": SHORTHAND_RULES,
    },
)
