"""Why words of a script are not spoken: one message for each reason."""

from __future__ import annotations

from broadcast.messages import Message

NO_WORDS = Message("dropped.no-words", "no words in this line")

# Of a line by itself.
SECTION = Message("dropped.section", "the heading of a list on a web page")
LIST_ENTRY = Message("dropped.list-entry", "an entry of a list on a web page")
SOURCE = Message("dropped.source", "a source or photo credit")
MENU = Message("dropped.menu", "a button or menu of a web page")
SMALL_PRINT = Message("dropped.small-print", "small print of a web page")
ADDRESS = Message("dropped.address", "a web or mail address")
PATH = Message("dropped.path", "the path of a web page")
RELATED = Message("dropped.related", "a link to other news")
COUNTER = Message("dropped.counter", "a visitor counter")
PUBLISHED = Message("dropped.published", "the date the page was published")
TAGS = Message("dropped.tags", "keywords of a web page")
PAGE_NUMBER = Message("dropped.page-number", "the number of a page")
TABLE_HEAD = Message("dropped.table-head", "the head of a table")
END_MARK = Message("dropped.end-mark", "the mark of the end")
PICTURE = Message("dropped.picture", "the place of a picture")
CAPTION = Message("dropped.caption", "the caption of a picture")
NEWSROOM_NOTE = Message("dropped.newsroom-note", "a note of the newsroom")

# In brackets.
STAGE_DIRECTION = Message("dropped.stage-direction", "a stage direction")
REFERENCE = Message("dropped.reference", "a reference in brackets")
TIME_CODE = Message("dropped.time-code", "a time code")
UNKNOWN_CUE = Message("dropped.unknown-cue", "an unknown cue")
UNUSABLE_CUE = Message("dropped.unusable-cue", "a cue that cannot be used")

# By its place before, among and after the turns.
CARD = Message("dropped.card", "the particulars of the programme")
BEFORE_TITLE = Message("dropped.before-title", "stands before the title")
OTHER_TITLE = Message("dropped.other-title", "the front matter gives another title")
STATION = Message("dropped.station", "the name of the station or its column")
LEAD_WORD = Message("dropped.lead-word", "the word for the lead")
EMPTY_LEAD = Message("dropped.empty-lead", "a lead without words")
FRAGMENT = Message("dropped.fragment", "no sentence, beside a lead of whole ones")
HEADING_BEFORE = Message("dropped.heading-before", "a heading before the words")
HEADING_BETWEEN = Message("dropped.heading-between", "a heading between the words")
HEADLINE_AFTER = Message("dropped.headline-after", "a line like a headline after the interview")
AFTER_BYLINE = Message("dropped.after-byline", "stands after the byline")

# In a mail.
MAIL_HEAD = Message("dropped.mail-head", "the head of a mail")
MAIL_GREETING = Message("dropped.mail-greeting", "the greeting of a mail")
MAIL_NOTE = Message("dropped.mail-note", "a note in a mail")
MAIL_SIGNATURE = Message("dropped.mail-signature", "the signature of a mail")
MAIL_QUOTED = Message("dropped.mail-quoted", "an older mail, quoted")
