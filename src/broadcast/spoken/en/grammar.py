"""The English grammar: where something is looked for, and the rules tried there in order."""

from __future__ import annotations

from broadcast.spoken.en.dates import (
    DATE_RULES,
    DECADE_RULES,
    MONTH,
    MONTH_RULES,
    YEAR_RULES,
)
from broadcast.spoken.en.fractions import FRACTION_RULES, RATIO_RULES, VULGAR, VULGAR_RULES
from broadcast.spoken.en.money import MONEY_RULES
from broadcast.spoken.en.names import CODE_RULES, NAME_RULES
from broadcast.spoken.en.numbered import NUMBERED_RULES
from broadcast.spoken.en.phones import LONG_PHONE_RULES, PHONE_RULES
from broadcast.spoken.en.quantities import (
    QUANTITY_RULES,
    SIGNED_RULES,
    TEMPERATURE_RULES,
    YEARS_RULES,
)
from broadcast.spoken.en.shorthand import SHORTHAND_RULES, SHORTHAND_START
from broadcast.spoken.en.signs import SIGN_RULES, WEB_RULES
from broadcast.spoken.en.times import TIME_RULES
from broadcast.spoken.grammar import Grammar
from broadcast.spoken.starts import SYMBOL_START, WEB_START

_DOLLARS = r"(?:(?:US ?|AU?|S|CA?|HK|NZ|NT|R)\$|Rs\.? ?\d)"
_DAY_DASH = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day[ ]?[-–—]"

ENGLISH = Grammar(
    language="en",
    starts={
        "web": WEB_START,
        "digit": r"\d",
        "symbol": (
            rf"{SYMBOL_START}|[{VULGAR}]|\((?=\d{{2,5}}\)[ -]?\d)|(?<![\w.,])\.(?=\d)"
            r"|['’‘](?=\d0s(?!\w)|(?<!\w.)\d\d(?![\w'’]))"
        ),
        "letter": (
            rf"(?<!\w)(?=[^\W\d_]{{0,12}}+-?\d|[IVXLC]+(?!\w)|{_DOLLARS}|[A-ZĐ]{{3,6}}(?!\w)"
            rf"|[A-ZĐ]\. [A-ZĐ]\.|(?<![\w'’.@/&-]){SHORTHAND_START}"
            rf"|(?<=[Ss]cene )[ivx]|{MONTH}|{_DAY_DASH})"
        ),
    },
    rules={
        "web": WEB_RULES,
        "digit": (
            *PHONE_RULES,
            *NUMBERED_RULES,
            *DATE_RULES,
            *RATIO_RULES,
            *TIME_RULES,
            *DECADE_RULES,
            *TEMPERATURE_RULES,
            *NAME_RULES,
            *YEAR_RULES,
            *YEARS_RULES,
            *FRACTION_RULES,
            *QUANTITY_RULES,
        ),
        "symbol": (*LONG_PHONE_RULES, *DECADE_RULES, *SIGNED_RULES, *VULGAR_RULES, *SIGN_RULES),
        "letter": (*MONEY_RULES, *MONTH_RULES, *SHORTHAND_RULES, *CODE_RULES),
    },
)
