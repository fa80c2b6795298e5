"""What a reading's rule is called by its code → how a producer is told of it."""

from __future__ import annotations

from broadcast.messages import Message

_NAMES = {
    name.template: name
    for name in (
        Message("rule.arrow", "arrow"),
        Message("rule.boat", "boat"),
        Message("rule.code", "code"),
        Message("rule.current", "current"),
        Message("rule.dash", "dash"),
        Message("rule.date", "date"),
        Message("rule.date-range", "date range"),
        Message("rule.day-and-month", "day and month"),
        Message("rule.decade", "decade"),
        Message("rule.document", "document"),
        Message("rule.dots", "dots"),
        Message("rule.e-mail", "e-mail"),
        Message("rule.flight", "flight"),
        Message("rule.fraction", "fraction"),
        Message("rule.fractions", "fractions"),
        Message("rule.handle", "handle"),
        Message("rule.hashtag", "hashtag"),
        Message("rule.house", "house"),
        Message("rule.house-number", "house number"),
        Message("rule.initials", "initials"),
        Message("rule.kilometre", "kilometre"),
        Message("rule.leftover", "leftover"),
        Message("rule.lexicon", "lexicon"),
        Message("rule.list", "list"),
        Message("rule.minutes", "minutes"),
        Message("rule.model", "model"),
        Message("rule.money", "money"),
        Message("rule.month", "month"),
        Message("rule.months", "months"),
        Message("rule.number", "number"),
        Message("rule.numbered", "numbered"),
        Message("rule.ordinal", "ordinal"),
        Message("rule.per", "per"),
        Message("rule.phone", "phone"),
        Message("rule.plate", "plate"),
        Message("rule.postcode", "postcode"),
        Message("rule.proportion", "proportion"),
        Message("rule.quarter", "quarter"),
        Message("rule.ratio", "ratio"),
        Message("rule.road", "road"),
        Message("rule.roman", "roman"),
        Message("rule.room", "room"),
        Message("rule.score", "score"),
        Message("rule.seconds", "seconds"),
        Message("rule.sign", "sign"),
        Message("rule.standard", "standard"),
        Message("rule.stars", "stars"),
        Message("rule.stroke", "stroke"),
        Message("rule.tag", "tag"),
        Message("rule.taught", "taught"),
        Message("rule.time", "time"),
        Message("rule.time-range", "time range"),
        Message("rule.times", "times"),
        Message("rule.unknown", "unknown"),
        Message("rule.version", "version"),
        Message("rule.web", "web"),
        Message("rule.weekday", "weekday"),
        Message("rule.weekdays", "weekdays"),
        Message("rule.x", "x"),
        Message("rule.year", "year"),
        Message("rule.years", "years"),
    )
}


def rule_name(code: str) -> Message:
    """Give the name that a rule has in the list of readings; its code is that name in English."""
    return _NAMES[code]
