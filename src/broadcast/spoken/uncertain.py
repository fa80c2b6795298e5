"""What can be uncertain about a reading: one message for each doubt."""

from __future__ import annotations

from broadcast.messages import Message

TAKEN_FOR_DATE = Message("reading.taken-for-date", "taken for a date")
TAKEN_FOR_DATES = Message("reading.taken-for-dates", "taken for dates")
TAKEN_FOR_DAYS = Message("reading.taken-for-days", "taken for days of a month")
TAKEN_FOR_SCORE = Message("reading.taken-for-score", "taken for a score")
TAKEN_FOR_ADDRESS = Message("reading.taken-for-address", "taken for an address")
TAKEN_FOR_FRACTION = Message("reading.taken-for-fraction", "taken for a fraction")
TAKEN_FOR_ROMAN = Message("reading.taken-for-roman", "taken for a Roman numeral")

TAKEN_FOR_SYLLABLES = Message(
    "reading.taken-for-syllables", "letters run together; taken for these words"
)
TAKEN_FOR_WARD = Message("reading.taken-for-ward", "taken for a ward or a district")
TAKEN_FOR_NAME = Message("reading.taken-for-name", "taken for a letter of somebody's name")
MAYBE_DAY_OR_MONTH = Message("reading.maybe-day-or-month", "could also be a weekday or a month")
TAKEN_FOR_STARS = Message("reading.taken-for-stars", "taken for stars")
TAKEN_FOR_ONE = Message(
    "reading.taken-for-one", "taken for one; it could be all from one to the other"
)
TAKEN_FOR_THOUSANDS = Message("reading.taken-for-thousands", "the comma is taken to part thousands")
TAKEN_FOR_DECIMALS = Message("reading.taken-for-decimals", "the comma is taken for decimals")
TAKEN_FOR_SHORTHAND = Message(
    "reading.taken-for-shorthand", "shorthand of messages; taken for these words"
)

MAYBE_DATE = Message("reading.maybe-date", "could also be a date")
MAYBE_DATE_OR_FRACTION = Message(
    "reading.maybe-date-or-fraction", "could also be a date or a fraction"
)
MAYBE_DAYS = Message("reading.maybe-days", "could also be the days from one to the other")
MAYBE_DAY_FIRST = Message("reading.maybe-day-first", "could also be the day before the month")
MAYBE_DAY_FIRST_OR_FRACTION = Message(
    "reading.maybe-day-first-or-fraction", "could also be the day before the month, or a fraction"
)

OTHER_WORDS = Message("reading.other-words", "these letters stand for other words too")
TAUGHT_NEARLY = Message(
    "reading.taught-nearly", "taken for the words that the script has it stand beside"
)
SPELLED = Message("reading.spelled", "not in the lexicon; spelled")
LEFT_TO_VOICE = Message(
    "reading.left-to-voice", "not in the lexicon; left to the voice as it stands"
)
WORD_OR_LETTERS = Message(
    "reading.word-or-letters",
    "not in the lexicon; a voice may say it as a word or letter by letter",
)
NO_NUMBERS = Message(
    "reading.no-numbers", "no numbers are known for this language; left to the voice"
)
NUMBER_UNKNOWN = Message(
    "reading.number-unknown", "this number is not known in this language; left to the voice"
)
SIGN_NOT_SAID = Message("reading.sign-not-said", "a sign that is not said")
