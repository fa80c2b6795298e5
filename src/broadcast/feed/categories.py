"""A station's category into Apple's: the list that podcast directories file programmes under."""

from __future__ import annotations

import difflib

from broadcast.errors import BroadcastError
from broadcast.messages import Message

# Apple Podcasts categories (Podcasts for Creators, "Categories"), as used since 2019.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "Arts": (
        "Books",
        "Design",
        "Fashion & Beauty",
        "Food",
        "Performing Arts",
        "Visual Arts",
    ),
    "Business": (
        "Careers",
        "Entrepreneurship",
        "Investing",
        "Management",
        "Marketing",
        "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": (
        "Alternative Health",
        "Fitness",
        "Medicine",
        "Mental Health",
        "Nutrition",
        "Sexuality",
    ),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga",
        "Automotive",
        "Aviation",
        "Crafts",
        "Games",
        "Hobbies",
        "Home & Garden",
        "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News",
        "Daily News",
        "Entertainment News",
        "News Commentary",
        "Politics",
        "Sports News",
        "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism",
        "Christianity",
        "Hinduism",
        "Islam",
        "Judaism",
        "Religion",
        "Spirituality",
    ),
    "Science": (
        "Astronomy",
        "Chemistry",
        "Earth Sciences",
        "Life Sciences",
        "Mathematics",
        "Natural Sciences",
        "Nature",
        "Physics",
        "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary",
        "Personal Journals",
        "Philosophy",
        "Places & Travel",
        "Relationships",
    ),
    "Sports": (
        "Baseball",
        "Basketball",
        "Cricket",
        "Fantasy Sports",
        "Football",
        "Golf",
        "Hockey",
        "Rugby",
        "Running",
        "Soccer",
        "Swimming",
        "Tennis",
        "Volleyball",
        "Wilderness",
        "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}

_PATHS: dict[str, tuple[str, str | None]] = {
    **{sub.casefold(): (main, sub) for main, subs in CATEGORIES.items() for sub in subs},
    **{main.casefold(): (main, None) for main in CATEGORIES},
}
_NAMES = [name for main, subs in CATEGORIES.items() for name in (main, *subs)]


def category_path(category: str) -> tuple[str, str | None]:
    """Give the main category and, where one is meant, the category inside it.

    ``category`` is either name, or both as in "News > Politics"; letter case does not matter.
    Raises BroadcastError with the nearest name when Apple has no such category.
    """
    *main, name = [part.strip() for part in category.split(">")]
    path = _PATHS.get(name.casefold())
    if path is None or (main and main[0].casefold() != path[0].casefold()):
        folded = {each.casefold(): each for each in _NAMES}
        near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
        suggestion = folded[near[0]] if near else "News"
        raise BroadcastError(
            Message(
                "category.unknown",
                'Podcast directories have no category "{category}".',
                category=category,
            ),
            file="station.toml",
            hint=Message(
                "category.unknown.hint",
                'Write category = "{nearest}" under [show], or another name of Apple\'s list.',
                nearest=suggestion,
            ),
        )
    return path


def unknown_category(category: str) -> BroadcastError | None:
    """Give what is wrong with a category that Apple does not have; None: nothing."""
    try:
        category_path(category)
    except BroadcastError as error:
        return error
    return None
