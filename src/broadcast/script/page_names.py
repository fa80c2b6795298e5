"""The tag and the names of a page's element, turned into why it is no part of the article."""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.script import reasons

_TAGS = {
    "nav": reasons.PAGE_MENU,
    "menu": reasons.PAGE_MENU,
    "aside": reasons.PAGE_SIDE,
    "footer": reasons.PAGE_FOOT,
    "button": reasons.PAGE_BUTTON,
    "dialog": reasons.PAGE_WINDOW,
    "figure": reasons.CAPTION,
    "figcaption": reasons.CAPTION,
    "title": reasons.PAGE_TITLE,
    "s": reasons.PAGE_STRUCK_OUT,
    "strike": reasons.PAGE_STRUCK_OUT,
    "del": reasons.PAGE_STRUCK_OUT,
    "amp-ad": reasons.ADVERTISING,
    "amp-sidebar": reasons.PAGE_MENU,
}
_NAMES = {
    reasons.PAGE_MENU: r"nav|navbar|navigation|menu|topbar|breadcrumbs?|pagination|paging"
    r"|pager|skip-?link",
    reasons.PAGE_SIDE: r"sidebar|side-bar|widget|aside|right-?col|left-?col",
    reasons.PAGE_FOOT: r"footer|copyright",
    reasons.PAGE_COMMENTS: r"comments?|cmts?|binh-?luan|y-?kien|phan-?hoi|nhan-?xet|disqus"
    r"|feedback|fb-comments|respond|replies",
    reasons.OTHER_PAGES: r"related|relates?|lien-?quan|tin-?khac|other-?(?:news|posts?|assets)"
    r"|most-?read|read-?more|doc-?nhieu|recommend(?:ed|ation)?|see-?also",
    reasons.PAGE_BUTTONS: r"share|sharing|social|toolbar|print|rating|login|dang-?nhap|search"
    r"|buttons?|reactions?",
    reasons.PULL_QUOTE: r"pull-?quote",
    reasons.PAGE_FACTS: r"author-?(?:box|bio)|about-?author|meta|metadata|view-?count"
    r"|(?:post|entry|article)-?(?:meta|info|date)|publish(?:ed)?-?(?:date|time)",
    reasons.ADVERTISING: r"ads?|advert|advertisement|quang-?cao|banner|popup|modal|cookies?"
    r"|newsletter",
    reasons.PAGE_PLAYER: r"audio|player|tts",
    reasons.PAGE_TAGS: r"tags|taglist|tag-?list|keywords?|tu-?khoa",
    reasons.COUNTER: r"counter|thong-?ke|visitors?|truy-?cap",
    reasons.CAPTION: r"caption|wp-caption-text",
    reasons.PAGE_HIDDEN: r"sr-only|screen-reader-text|visually-?hidden|element-invisible",
}
_BY_NAME = {why: re.compile(rf"(?:^|-)(?:{names})(?=$|-)") for why, names in _NAMES.items()}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_:.]+")
_ROLES = {
    "navigation": reasons.PAGE_MENU,
    "menu": reasons.PAGE_MENU,
    "menubar": reasons.PAGE_MENU,
    "banner": reasons.PAGE_HEAD,
    "contentinfo": reasons.PAGE_FOOT,
    "search": reasons.PAGE_BUTTONS,
    "toolbar": reasons.PAGE_BUTTONS,
    "button": reasons.PAGE_BUTTON,
    "complementary": reasons.PAGE_SIDE,
    "dialog": reasons.PAGE_WINDOW,
    "alertdialog": reasons.PAGE_WINDOW,
}
_TELLING = {"form": reasons.PAGE_FORM, "header": reasons.PAGE_HEAD}
_DATELINE = re.compile(r"location|dateline", re.IGNORECASE)
_SPEAKER = re.compile(
    r"(?:^|[\s_-])(?:speaker|who|interviewer|interviewee|participant|nguoi-?noi)"
    r"(?:[_-]?name)?(?=$|\s)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
STRUCK_OUT = re.compile(r"text-decoration(?:-line)?\s*:[^;{}]{0,80}line-through", re.IGNORECASE)
"""How a style says that words are struck out."""


def sure_reason(tag: str, attributes: dict[str, str]) -> Message | None:
    """Why an element is no part of the article, if its tag or its attributes leave no doubt."""
    if tag in _TAGS:
        return _TAGS[tag]
    if tag in {"html", "body"}:
        # Scripts hide and show whole pages while a window is open over them.
        return None
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return reasons.PAGE_HIDDEN
    if STRUCK_OUT.search(attributes.get("style") or ""):
        return reasons.PAGE_STRUCK_OUT
    return _ROLES.get(attributes.get("role") or "")


def named_reason(tag: str, attributes: dict[str, str]) -> tuple[Message, str] | None:
    """Why an element is no part of the article, if its class or id says so, with what said it."""
    if tag in _TELLING:
        return _TELLING[tag], f"<{tag}>"
    if attributes.get("aria-hidden") == "true":
        return reasons.PAGE_HIDDEN, "aria-hidden"
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
