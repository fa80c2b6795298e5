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
CHAT_NOTE = Message("dropped.chat-note", "a note of the chat program")
CHAT = Message("dropped.chat", "written beside the script, to the newsroom")
EDITORS_NOTE = Message("dropped.editors-note", "an editor’s note on the text")
SHOW_NOTES = Message("dropped.show-notes", "of the page of a podcast")
PODCAST_ADVERT = Message("dropped.podcast-advert", "an advertisement in a podcast")
CALL_TO_FOLLOW = Message("dropped.call-to-follow", "bids readers subscribe, follow or write")
READING_TIME = Message("dropped.reading-time", "how long the page takes to read")
AGENCY_HEAD = Message("dropped.agency-head", "the head of an official paper")
DOCUMENT_NUMBER = Message("dropped.document-number", "the number of an official paper")
PLACE_AND_DAY = Message("dropped.place-and-day", "the place and day of an official paper")
SIGNED = Message("dropped.signed", "says that a paper was signed")
BOX = Message("dropped.box", "a box beside the interview")
BELOW_NOTE = Message("dropped.below-note", "a note below the text")

# In brackets.
STAGE_DIRECTION = Message("dropped.stage-direction", "a stage direction")
REFERENCE = Message("dropped.reference", "a reference in brackets")
TIME_CODE = Message("dropped.time-code", "a time code")
UNKNOWN_CUE = Message("dropped.unknown-cue", "an unknown cue")
UNUSABLE_CUE = Message("dropped.unusable-cue", "a cue that cannot be used")

# That nobody would read out.
STRUCK_OUT = Message("dropped.struck-out", "struck out")
CAPTION_NAME = Message("dropped.caption-name", "the name of a caption")
CAPTIONS_HEAD = Message("dropped.captions-head", "the head of the captions")
CAPTIONS_NOTE = Message("dropped.captions-note", "a note or a style in the captions")

# By its place before, among and after the turns.
CARD = Message("dropped.card", "the particulars of the programme")
OTHER_TITLE = Message("dropped.other-title", "the front matter gives another title")
STATION = Message("dropped.station", "the name of the station or its column")
LEAD_WORD = Message("dropped.lead-word", "the word for the lead")
EMPTY_LEAD = Message("dropped.empty-lead", "a lead without words")
FRAGMENT = Message("dropped.fragment", "no sentence, beside a lead of whole ones")
HEADING_BETWEEN = Message("dropped.heading-between", "a heading between the words")
AFTER_BYLINE = Message("dropped.after-byline", "stands after the byline")
AFTER_THANKS = Message("dropped.after-thanks", "stands after the end of the interview")

# In a mail.
MAIL_HEAD = Message("dropped.mail-head", "the head of a mail")
MAIL_GREETING = Message("dropped.mail-greeting", "the greeting of a mail")
MAIL_NOTE = Message("dropped.mail-note", "a note in a mail")
MAIL_SIGNATURE = Message("dropped.mail-signature", "the signature of a mail")
MAIL_QUOTED = Message("dropped.mail-quoted", "an older mail, quoted")

# In Markdown.
COMMENT = Message("dropped.comment", "a comment")
RULE = Message("dropped.rule", "a line across the page")
LINK_ADDRESS = Message("dropped.link-address", "the address of a link")
PICTURE_WORDS = Message("dropped.picture-words", "the description of a picture")

# On a page, of the web or of paper.
PAGE_HEAD = Message("dropped.page-head", "the head of the page")
PAGE_FOOT = Message("dropped.page-foot", "the foot of the page")
PAGE_MENU = Message("dropped.page-menu", "the menu of the page")
PAGE_SIDE = Message("dropped.page-side", "a side column of the page")
PAGE_BUTTON = Message("dropped.page-button", "a button of the page")
PAGE_BUTTONS = Message("dropped.page-buttons", "buttons of the page")
PAGE_FORM = Message("dropped.page-form", "a form of the page")
PAGE_WINDOW = Message("dropped.page-window", "a window over the page")
PAGE_TITLE = Message("dropped.page-title", "the title of the browser window")
PAGE_TAGS = Message("dropped.page-tags", "keywords of the page")
PAGE_FACTS = Message("dropped.page-facts", "what the page says of itself")
PAGE_PLAYER = Message("dropped.page-player", "a player on the page")
PAGE_COMMENTS = Message("dropped.page-comments", "comments on the page")
PAGE_HIDDEN = Message("dropped.page-hidden", "hidden on the page")
ADVERTISING = Message("dropped.advertising", "advertising")
OTHER_PAGES = Message("dropped.other-pages", "links to other pages")
OTHER_PAGE = Message("dropped.other-page", "a link to another page")
OUTSIDE_ARTICLE = Message("dropped.outside-article", "outside the article of the page")
PAGE_STRUCK_OUT = Message("dropped.page-struck-out", "struck out on the page")
PULL_QUOTE = Message("dropped.pull-quote", "a pull quote")

# In a Word file.
WORD_HIDDEN = Message("dropped.word-hidden", "hidden text in Word")
WORD_DELETED = Message("dropped.word-deleted", "deleted in Word")
WORD_STRUCK_OUT = Message("dropped.word-struck-out", "struck out in Word")
WORD_ART = Message("dropped.word-art", "words drawn as a picture (WordArt)")
RUBY = Message("dropped.ruby", "the reading above a word")
DIAGRAM = Message("dropped.diagram", "words in a diagram")
WORD_MOVED = Message("dropped.word-moved", "moved elsewhere in Word")
CONTENTS = Message("dropped.contents", "the table of contents")
FOOTNOTE = Message("dropped.footnote", "a footnote")
ENDNOTE = Message("dropped.endnote", "an endnote")
MARGIN_COMMENT = Message("dropped.margin-comment", "a comment in the margin")
