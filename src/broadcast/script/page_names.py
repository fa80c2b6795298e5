"""The tag and the names of a page's element, turned into why it is no part of the article."""

from __future__ import annotations

import re

REASONS = {
    "nav": "the menu of the page",
    "menu": "the menu of the page",
    "aside": "a side column of the page",
    "footer": "the foot of the page",
    "button": "a button of the page",
    "dialog": "a window over the page",
    "figcaption": "the caption of a picture",
    "title": "the title of the browser window",
}
_NAMES = {
    "the menu of the page": r"nav|navbar|navigation|menu|topbar|breadcrumbs?|pagination|paging",
    "a side column of the page": r"sidebar|side-bar|widget|aside|rightcol|leftcol",
    "the foot of the page": r"footer|copyright",
    "comments on the page": r"comments?|binh-?luan|disqus|fb-comments",
    "links to other pages": r"related|relate|relates|tin-?lien-?quan|lien-?quan|tin-?khac|"
    r"other-?news|most-?read|read-?more|doc-?nhieu|recommend(?:ed|ation)?",
    "buttons of the page": r"share|sharing|social|toolbar|print|rating|login|dang-?nhap|search",
    "a pull quote": r"pull-?quote",
    "about the author": r"author-?(?:box|bio)|about-?author|(?:post|entry|article)-?meta|meta",
    "advertising": r"ads|advert|advertisement|quang-?cao|banner|popup|modal|cookies?|newsletter",
    "keywords of the page": r"tags|taglist|tag-?list|keywords?|tu-?khoa",
    "a visitor counter": r"counter|thong-?ke|visitors?|truy-?cap",
    "the caption of a picture": r"caption|photo-?caption|image-?caption|wp-caption-text",
}
_BY_NAME = {
    why: re.compile(rf"(?:^|[\s_-])(?:{names})(?=$|[\s_-])", re.IGNORECASE)
    for why, names in _NAMES.items()
}
_DATELINE = re.compile(r"location|dateline", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def sure_reason(tag: str, attributes: dict[str, str]) -> str | None:
    """Why an element is no part of the article, if its tag or its attributes leave no doubt."""
    if tag in REASONS:
        return REASONS[tag]
    style = attributes.get("style") or ""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or _HIDDEN.search(style):
        return "hidden on the page"
    if attributes.get("role") in {"navigation", "banner", "contentinfo", "search", "complementary"}:
        return REASONS["nav"]
    return None


def named_reason(tag: str, attributes: dict[str, str]) -> str | None:
    """Why an element is no part of the article, if its class or id says so."""
    if tag == "form":
        return "a form of the page"
    if tag in {"html", "body", "main", "article", "p", "b", "strong", "h1"}:
        return None
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:300]
    if not names.strip():
        return None
    return next((why for why, pattern in _BY_NAME.items() if pattern.search(names)), None)


def is_dateline(attributes: dict[str, str]) -> bool:
    """Whether an element holds the place a report comes from, set apart by style alone."""
    return _DATELINE.search(attributes.get("class") or "") is not None
