"""Where an address of the web or a sign begins, in whatever language."""

from __future__ import annotations

_ENDINGS = (
    "vn|com|net|org|edu|gov|info|io|tv|asia|online|me|co|app|us|uk|eu"
    "|VN|Vn|COM|Com|NET|Net|ORG|EDU|GOV|INFO"
)
WEB_START = (
    r"(?<![\w@.])(?:https?://|www\.|(?=[\w.+-]{1,60}@[\w-]+\.)"
    rf"|(?=(?:[a-zA-Z0-9-]++\.)+(?:{_ENDINGS})(?!\w)))"
)
NUMERALS = "²³¹⁰⁴-⁹₀-₉½¼¾⅓⅔⅛①-⑳"
SYMBOL_START = (
    r"(?!(?<=[^\W\d_])[-‑'’](?=[^\W\d_])(?<![A-ZĐ]-(?=[A-ZĐ])))"
    r"(?:[^\w\s.,;:!?…'\"“”‘’«»()\[\]\u0300-\u036f\u200b]|[_⁄]|"
    rf"[{NUMERALS}])|\((?=\+?\d{{2,4}}\)|\+?84[ .-]\d)"
)
