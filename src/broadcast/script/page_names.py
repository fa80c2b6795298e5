"""The tag and the names of a page's element, turned into why it is no part of the article."""

from __future__ import annotations

import re

HIDDEN = "hidden on the page"
COMMENTS = "comments on the page"
REASONS = {
    "nav": "the menu of the page",
    "menu": "the menu of the page",
    "aside": "a side column of the page",
    "footer": "the foot of the page",
    "button": "a button of the page",
    "dialog": "a window over the page",
    "figure": "the caption of a picture",
    "figcaption": "the caption of a picture",
    "title": "the title of the browser window",
    "amp-ad": "advertising",
    "amp-sidebar": "the menu of the page",
}
_NAMES = {
    "the menu of the page": r"nav|navbar|navigation|menu|topbar|breadcrumbs?|pagination|paging"
    r"|pager|skip-?link",
    "a side column of the page": r"sidebar|side-bar|widget|aside|right-?col|left-?col",
    "the foot of the page": r"footer|copyright",
    COMMENTS: r"comments?|cmts?|binh-?luan|y-?kien|phan-?hoi|nhan-?xet|disqus"
    r"|feedback|fb-comments|respond|replies",
    "links to other pages": r"related|relates?|lien-?quan|tin-?khac|other-?(?:news|posts?|assets)"
    r"|most-?read|read-?more|doc-?nhieu|recommend(?:ed|ation)?|see-?also",
    "buttons of the page": r"share|sharing|social|toolbar|print|rating|login|dang-?nhap|search"
    r"|buttons?|reactions?",
    "a pull quote": r"pull-?quote",
    "what the page says of itself": r"author-?(?:box|bio)|about-?author|meta|metadata|view-?count"
    r"|(?:post|entry|article)-?(?:meta|info|date)|publish(?:ed)?-?(?:date|time)",
    "advertising": r"ads?|advert|advertisement|quang-?cao|banner|popup|modal|cookies?|newsletter",
    "a player on the page": r"audio|player|tts",
    "keywords of the page": r"tags|taglist|tag-?list|keywords?|tu-?khoa",
    "a visitor counter": r"counter|thong-?ke|visitors?|truy-?cap",
    "the caption of a picture": r"caption|wp-caption-text",
    HIDDEN: r"sr-only|screen-reader-text|visually-?hidden|element-invisible",
}
_BY_NAME = {why: re.compile(rf"(?:^|-)(?:{names})(?=$|-)") for why, names in _NAMES.items()}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_:.]+")
_ROLES = {
    "navigation": REASONS["nav"],
    "menu": REASONS["nav"],
    "menubar": REASONS["nav"],
    "banner": "the head of the page",
    "contentinfo": REASONS["footer"],
    "search": "buttons of the page",
    "toolbar": "buttons of the page",
    "button": REASONS["button"],
    "complementary": REASONS["aside"],
    "dialog": REASONS["dialog"],
    "alertdialog": REASONS["dialog"],
}
_TELLING = {"form": "a form of the page", "header": "the head of the page"}
_DATELINE = re.compile(r"location|dateline", re.IGNORECASE)
_SPEAKER = re.compile(
    r"(?:^|[\s_-])(?:speaker|who|interviewer|interviewee|participant|nguoi-?noi)"
    r"(?:[_-]?name)?(?=$|\s)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def sure_reason(tag: str, attributes: dict[str, str]) -> str | None:
    """Why an element is no part of the article, if its tag or its attributes leave no doubt."""
    if tag in REASONS:
        return REASONS[tag]
    if tag in {"html", "body"}:
        # Scripts hide and show whole pages while a window is open over them.
        return None
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return HIDDEN
    return _ROLES.get(attributes.get("role") or "")


def named_reason(tag: str, attributes: dict[str, str]) -> tuple[str, str] | None:
    """Why an element is no part of the article, if its class or id says so, with what said it."""
    if tag in _TELLING:
        return _TELLING[tag], f"<{tag}>"
    if attributes.get("aria-hidden") == "true":
        return HIDDEN, "aria-hidden"
    if tag in {"html", "body", "main", "article", "b", "strong", "h1", "a"}:
        return None
    names = " ".join(attributes.get(key) or "" for key in ("class", "id", "type"))[:300]
    for name in names.split():
        # "OtherNews", "other_news" and "other-news" are one name.
        plain = _HUMP.sub("-", name).lower()
        for why, pattern in _BY_NAME.items():
            if pattern.search(plain):
                return why, name
    return None


def is_dateline(attributes: dict[str, str]) -> bool:
    """Whether an element holds the place a report comes from, set apart by style alone."""
    return _DATELINE.search(attributes.get("class") or "") is not None


def is_speaker(attributes: dict[str, str]) -> bool:
    """Whether an element holds who speaks, as transcripts have it, set apart by style alone."""
    return _SPEAKER.search(attributes.get("class") or "") is not None
