"""Signs, as the weights name them → words that a producer understands: "ends with a question mark".

A new sign of ``line_signs``, ``facts`` or ``decoder`` has its words here; what is put together of
others ("above:asks", "asks & bold", "after label, question") has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from broadcast.messages import Message
from broadcast.script.tags import State

_SIGNS: Mapping[str, Message] = {
    "addressed": Message("evidence.addressed", "says you to somebody"),
    "request": Message("evidence.request", "asks somebody to speak"),
    "vocative": Message("evidence.vocative", "calls somebody by name or title"),
    "question-words": Message("evidence.question-words", "has words that ask"),
    "no-mark": Message("evidence.no-mark", "ends as a question does, without its mark"),
    "asks": Message("evidence.asks", "ends with a question mark"),
    "asks-within": Message("evidence.asks-within", "has a question mark before its end"),
    "puts-question": Message("evidence.puts-question", "turns to the guest and asks"),
    "nobody-asked": Message("evidence.nobody-asked", "asks nobody: the question is rhetorical"),
    "of-self": Message("evidence.of-self", "says I or we"),
    "links-on": Message("evidence.links-on", "begins with a word that links it on: so, and, but"),
    "thanks": Message("evidence.thanks", "thanks the guest"),
    "thanks-last": Message("evidence.thanks-last", "ends in thanks to the guest"),
    "guests-thanks": Message("evidence.guests-thanks", "thanks as a guest does"),
    "text:english": Message("evidence.english", "the text has no Vietnamese letters"),
    "tells only": Message("evidence.tells-only", "tells something and turns to nobody"),
    "in-brackets": Message("evidence.in-brackets", "stands in brackets"),
    "no-letters": Message("evidence.no-letters", "has no letters"),
    "interview-with": Message("evidence.interview-with", "says whom the interview is with"),
    "closing": Message("evidence.closing", "closes the programme for the listeners"),
    "greets": Message("evidence.greets", "opens a programme or brings in somebody"),
    "greets-back": Message("evidence.greets-back", "begins with a greeting"),
    "asking:0": Message("evidence.asking.0", "shows no sign of asking"),
    "asking:1": Message("evidence.asking.1", "shows one sign of asking"),
    "asking:2": Message("evidence.asking.2", "shows two signs of asking"),
    "asking:3": Message("evidence.asking.3", "shows three signs of asking"),
    "asking:4": Message("evidence.asking.4", "shows four or more signs of asking"),
    "ends": Message("evidence.ends", "ends as a sentence does"),
    "open": Message("evidence.open", "does not end as a sentence does"),
    "bold": Message("evidence.bold", "is bold"),
    "capitals": Message("evidence.capitals", "is in capitals"),
    "heading:1": Message("evidence.heading.1", "is the main heading"),
    "heading:2": Message("evidence.heading.2", "is a lesser heading"),
    "after-gap": Message("evidence.after-gap", "stands below an empty line"),
    "verbatim": Message("evidence.verbatim", "begins with a backslash: words that are to be read"),
    "quote-first": Message("evidence.quote-first", "begins with a quotation mark"),
    "small-first": Message("evidence.small-first", "begins with a small letter"),
    "colon": Message("evidence.colon", "has a colon after its first words"),
    "colon-last": Message("evidence.colon-last", "ends with a colon"),
    "sentences:0": Message("evidence.sentences.0", "has no end of a sentence"),
    "sentences:2-3": Message("evidence.sentences.few", "has two or three sentences"),
    "sentences:4-": Message("evidence.sentences.many", "has four or more sentences"),
    "words:1-3": Message("evidence.words.3", "has up to three words"),
    "words:4-6": Message("evidence.words.6", "has four to six words"),
    "words:7-10": Message("evidence.words.10", "has seven to ten words"),
    "words:11-18": Message("evidence.words.18", "has 11 to 18 words"),
    "words:19-35": Message("evidence.words.35", "has 19 to 35 words"),
    "words:36-70": Message("evidence.words.70", "has 36 to 70 words"),
    "words:71-": Message("evidence.words.more", "has more than 70 words"),
    "furniture": Message("evidence.furniture", "is of the page around an article"),
    "section": Message("evidence.section", "heads a list on a page"),
    "headline": Message("evidence.headline", "is written as a headline is"),
    "byline": Message("evidence.byline", "says who made the piece"),
    "signature": Message("evidence.signature", "looks like a signature"),
    "staff": Message("evidence.staff", "names somebody of the newsroom"),
    "credit": Message("evidence.credit", "is a credit"),
    "box": Message("evidence.box", "opens a box beside the text"),
    "footnote": Message("evidence.footnote", "is a footnote"),
    "portrait-words": Message("evidence.portrait-words", "tells of somebody's life in short"),
    "farewell": Message("evidence.farewell", "closes a letter or a mail"),
    "after-farewell": Message("evidence.after-farewell", "comes after the end of a mail"),
    "cells": Message("evidence.cells", "has several cells of a table"),
    "newsroom": Message("evidence.newsroom", "is a note of the newsroom"),
    "official-paper": Message("evidence.official-paper", "is of an official paper"),
    "card": Message("evidence.card", "gives particulars of the programme"),
    "kicker": Message("evidence.kicker", "names the column"),
    "station": Message("evidence.station", "names the station"),
    "caption": Message("evidence.caption", "looks like the caption of a picture"),
    "portrait": Message("evidence.portrait", "is a name and a post, as below a portrait"),
    "caption:credited": Message("evidence.caption.credited", "names who took a picture"),
    "caption:tells_places": Message(
        "evidence.caption.places", "tells left from right in a picture"
    ),
    "caption:posed": Message("evidence.caption.posed", "says what somebody does in a picture"),
    "caption:unfinished": Message(
        "evidence.caption.unfinished", "has no full stop, as captions have none"
    ),
    "caption:names_person": Message("evidence.caption.names-person", "begins with somebody's name"),
    "label": Message("evidence.label", "begins with a label"),
    "label:sure": Message("evidence.label.sure", "its label is plainly a speaker's"),
    "label:likely": Message("evidence.label.likely", "its label is likely a speaker's"),
    "label:maybe": Message("evidence.label.maybe", "its label may be a speaker's"),
    "label:reporter": Message("evidence.label.reporter", "its label says reporter"),
    "label:official": Message("evidence.label.official", "its label says guest"),
    "label:presenter": Message("evidence.label.presenter", "its label says presenter"),
    "label:no-role": Message("evidence.label.no-role", "its label does not say who asks"),
    "label:asker": Message("evidence.label.asker", "its label is of one who asks"),
    "label:answerer": Message("evidence.label.answerer", "its label is of one who answers"),
    "label:again": Message("evidence.label.again", "its label comes again"),
    "label:once": Message("evidence.label.once", "its label comes once"),
    "label:borne-out": Message(
        "evidence.label.borne-out", "the rest of the script bears its label out"
    ),
    "label:alternates": Message("evidence.label.alternates", "its label takes turns with others"),
    "label:among-others": Message("evidence.label.among-others", "several labels take turns"),
    "label:declared": Message(
        "evidence.label.declared", "its label is named in the station or the front matter"
    ),
    "label:part": Message("evidence.label.part", "its label says the part"),
    "label:title": Message("evidence.label.title", "its label has a form of address"),
    "label:full-name": Message("evidence.label.full-name", "its label is a full name"),
    "label:job": Message("evidence.label.job", "its label has a post"),
    "label:alone": Message("evidence.label.alone", "its label stands alone"),
    "label:then-small": Message("evidence.label.then-small", "a small letter follows its label"),
    "label:then-quote": Message("evidence.label.then-quote", "a quotation follows its label"),
    "label:then-short": Message(
        "evidence.label.then-short", "three words or fewer follow its label"
    ),
    "label:then-amount": Message("evidence.label.then-amount", "an amount follows its label"),
    "label:no-colon": Message("evidence.label.no-colon", "its label has no colon"),
    "label:in-quotation": Message(
        "evidence.label.in-quotation", "its label stands within a quotation"
    ),
    "text:asks-free": Message(
        "evidence.text.asks-free", "most questions of the script have no label"
    ),
    "text:asks-labelled": Message(
        "evidence.text.asks-labelled", "most of what is asked in the script has a label"
    ),
    "text:labels-both": Message(
        "evidence.text.labels-both", "the script labels those who ask and those who answer"
    ),
    "text:labels-one": Message("evidence.text.labels-one", "the script labels one side only"),
    "text:labels-few": Message("evidence.text.labels-few", "the script has few labels"),
    "text:no-labels": Message("evidence.text.no-labels", "the script has no labels"),
    "after-thanks": Message("evidence.after-thanks", "comes after the thanks"),
    "after-byline": Message("evidence.after-byline", "comes after the byline"),
    "in-list": Message("evidence.in-list", "stands in a list"),
    "in-box": Message("evidence.in-box", "stands in a box"),
    "in-quotation": Message("evidence.in-quotation", "stands within a quotation"),
    "repeated": Message("evidence.repeated", "stands word for word in a longer line"),
    "first": Message("evidence.first", "is the first line"),
    "last": Message("evidence.last", "is the last line"),
    "among-first": Message("evidence.among-first", "is one of the first lines"),
    "among-last": Message("evidence.among-last", "is one of the last lines"),
    "shorter-than-beside": Message(
        "evidence.shorter-than-beside", "is far shorter than the lines beside it"
    ),
    "look:questions": Message("evidence.look.questions", "is set as the questions are"),
    "look:others": Message("evidence.look.others", "is not set as the questions are"),
    "look:answers": Message("evidence.look.answers", "is set as the answers are"),
    "look:no-answers": Message("evidence.look.no-answers", "is not set as the answers are"),
    "of:you": Message("evidence.of.you", "says you, not I"),
    "of:I": Message("evidence.of.me", "says I or we, not you"),
    "of:youI": Message("evidence.of.both", "says you and I"),
    "of:nobody": Message("evidence.of.nobody", "says neither you nor I"),
    "mark:1": Message("evidence.mark.number", "begins with a number"),
    "states": Message("evidence.states", "does not end in a question"),
    "asks nobody": Message(
        "evidence.asks-nobody", "ends with a question mark, but puts no question to the guest"
    ),
    "label below": Message("evidence.label-below", "a label stands below"),
    "label above": Message("evidence.label-above", "a label stands above"),
    "no label below": Message("evidence.no-label-below", "no label stands below"),
    "between sentences": Message("evidence.between-sentences", "stands between finished sentences"),
    "of others": Message("evidence.of-others", "tells of others"),
}
"""What holds of a line by itself, of its label, of the whole script, and of where it stands."""
_TAGS: Mapping[str, Message] = {
    "title": Message("evidence.tag.title", "the title"),
    "lead": Message("evidence.tag.lead", "the lead"),
    "byline": Message("evidence.tag.byline", "the byline"),
    "left out": Message("evidence.tag.left-out", "something to leave out"),
    "label": Message("evidence.tag.label", "the beginning of a turn, by its label"),
    "asks": Message("evidence.tag.asks", "the beginning of a question"),
    "answers": Message("evidence.tag.answers", "the beginning of an answer"),
    "presents": Message("evidence.tag.presents", "words of the presenter"),
    "asks on": Message("evidence.tag.asks-on", "more of a question"),
    "answers on": Message("evidence.tag.answers-on", "more of an answer"),
}
_WHO: Mapping[str, Message] = {
    "start": Message("evidence.who.start", "nobody has spoken yet, and there is no title"),
    "titled": Message("evidence.who.titled", "nobody has spoken yet, and there is a title"),
    "asker": Message("evidence.who.asker", "one who asks spoke last"),
    "answerer": Message("evidence.who.answerer", "one who answers spoke last"),
    "thanked": Message("evidence.who.thanked", "the guest has been thanked"),
    "over": Message("evidence.who.over", "the interview is over"),
}
_KINDS: Mapping[str, Message] = {
    "question": Message("evidence.kind.question", "asks"),
    "fragment": Message("evidence.kind.fragment", "is no whole sentence"),
    "label": Message("evidence.kind.label", "begins with a label"),
    "own words": Message("evidence.kind.own-words", "says I or we"),
    "words": Message("evidence.kind.words", "is a plain sentence"),
}
_SIDES: Mapping[str, Message] = {
    "r": Message("evidence.between.asker", "one who asks"),
    "o": Message("evidence.between.answerer", "one who answers"),
    "-": Message("evidence.between.none", "none"),
}
_BETWEEN = re.compile(r"between:([-or])([-or])(-same)?")


def words_of(sign: str) -> Message:
    """Say what a sign is.

    Raises KeyError for what is none.
    """
    one, both, other = sign.partition(" & ")
    if both:
        return Message(
            "evidence.both", "{one}; and {other}", one=words_of(one), other=words_of(other)
        )
    place, _, of = sign.partition(":")
    if place == "above":
        return Message("evidence.above", "the line above: {what}", what=words_of(of))
    if place == "below":
        return Message("evidence.below", "the line below: {what}", what=words_of(of))
    if sign in _SIGNS:
        return _SIGNS[sign]
    if place == "mark" and len(of) == 1:
        return Message("evidence.mark", "begins with the sign {mark}", mark=of)
    if (between := _BETWEEN.fullmatch(sign)) is not None:
        return _between(*between.groups())
    return _passage(sign)


def part_said(state: State) -> Message:
    """Say what a line was taken for: "more of an answer"."""
    tag, who = state
    if tag != "label":
        return _TAGS[tag]
    if who == "answerer":
        return Message("evidence.label-answers", "an answer, by its label")
    return Message("evidence.label-asks", "a question, by its label")


def _between(before: str, after: str, same: str | None) -> Message:
    if same:
        return Message(
            "evidence.between-same",
            "stands between two labels of one person, {who}",
            who=_SIDES[before],
        )
    return Message(
        "evidence.between",
        "stands between labels: {before} above, {after} below",
        before=_SIDES[before],
        after=_SIDES[after],
    )


def _passage(sign: str) -> Message:
    """Say what may follow what: "after label, question", "asker"."""
    above, then, kind = sign.partition(", ")
    tag = above.removeprefix("after ")
    if tag == above:
        what = _WHO[above]
    else:
        what = Message("evidence.after", "the line above was taken for {part}", part=_TAGS[tag])
    if not then:
        return what
    return Message("evidence.with", "{what}; and this line {kind}", what=what, kind=_KINDS[kind])
