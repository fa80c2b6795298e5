"""What the studio's screens say by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from broadcast.messages import Message
from broadcast.production.desk.programmes import Stage

STAGES: Mapping[Stage, tuple[Message, str, str]] = {
    "unbuilt": (Message("studio.stage.unbuilt", "Not built yet"), "ring", ""),
    "draft": (Message("studio.stage.draft", "Draft"), "ring", ""),
    "approved": (Message("studio.stage.approved", "Approved"), "check", "go"),
    "scheduled": (Message("studio.stage.scheduled", "Scheduled"), "clock", "go"),
    "published": (Message("studio.stage.published", "Published"), "wave", "full"),
    "changed": (Message("studio.stage.changed", "Changed since published"), "pen", "look"),
    "withdrawn": (Message("studio.stage.withdrawn", "Withdrawn"), "gone", ""),
    "damaged": (Message("studio.stage.damaged", "Cannot be read"), "must", "must"),
}
"""How far a programme has come: words, icon, and the kind of badge."""

REFUSED = Message(
    "studio.refused",
    "Open the whole address that broadcast studio has printed: it holds the key to this page.",
)

WORDS: Mapping[str, Message] = {
    "to_main": Message("studio.to-main", "Skip to the main part"),
    "main_menu": Message("studio.main-menu", "Main"),
    "programmes": Message("studio.programmes", "Programmes"),
    "new": Message("studio.new", "New programme"),
    "paste": Message("studio.paste", "Paste an interview here, or drop a Word file, page or text"),
    "paste_shape": Message(
        "studio.paste-shape", "Reporter: Madam, …\nMs Nguyễn Thị A, Chair of the commune: …"
    ),
    "choose": Message("studio.choose", "Choose a file…"),
    "kinds": Message("studio.kinds", ".docx .html .txt · the original is kept as it is"),
    "make": Message("studio.make", "Make the programme"),
    "making": Message("studio.making", "Reading it…"),
    "empty_paste": Message("studio.empty-paste", "Paste a text first, or choose a file."),
    "first_day_hint": Message(
        "studio.first-day.hint",
        "What still is the sample's, in station.toml. When all is done, this goes away.",
    ),
    "done": Message("studio.done", "Done:"),
    "to_do": Message("studio.to-do", "To do:"),
    "find": Message("studio.find", "Find a programme"),
    "find_shape": Message("studio.find-shape", "Title, speaker, day"),
    "none_found": Message("studio.none-found", "No programme has these words."),
    "none_yet": Message(
        "studio.none-yet", "There is no programme yet. Paste an interview into the field above."
    ),
    "programme": Message("studio.column.programme", "Programme"),
    "state": Message("studio.column.state", "State"),
    "length": Message("studio.column.length", "Length"),
    "real": Message("studio.column.real", "Real voices"),
    "look": Message("studio.column.look", "To look at"),
    "nothing": Message("studio.nothing-wrong", "Nothing in the way"),
    "looking": Message("studio.looking", "Reading the script…"),
    "about": Message("studio.about", "about"),
    "no_script": Message("studio.no-script", "The script is not in scripts/."),
    "key_list": Message("studio.keys", "Keys"),
    "key_letters": Message("studio.keys.letters", "Letters are keys"),
    "key_hint": Message("studio.keys.hint", "Letters work where you are not typing."),
    "key_paste": Message("studio.key.paste", "paste a new one"),
    "key_find": Message("studio.key.find", "find"),
    "key_move": Message("studio.key.move", "the one above, the one below"),
    "key_open": Message("studio.key.open", "open"),
    "key_main": Message("studio.key.main", "the main button of the screen"),
    "failed": Message(
        "studio.failed",
        "The studio does not answer. What was written is kept. If it has ended, run broadcast "
        "studio again and open the address that it gives.",
    ),
    "must": Message("studio.must-mend", "To mend."),
    "should": Message("studio.should-look", "To look at."),
    "to_mend": Message("studio.to-mend", "to mend"),
    "to_look_at": Message("studio.to-look-at", "to look at"),
    "saved": Message("studio.saved", "Saved."),
    "no_problem": Message("studio.no-problem", "There is nothing left to look at."),
    "undo": Message("studio.undo", "Undo"),
    "next_problem": Message("studio.next-problem", "Next place to look at"),
    "outside": Message("studio.outside", "The file was just changed elsewhere."),
    "outside_more": Message("studio.outside.more", "Nothing of it is lost, and nothing of yours."),
    "take_it": Message("studio.outside.take", "Show it as it is now"),
    "not_text": Message("studio.not-text", "This script is no plain text."),
    "not_text_more": Message(
        "studio.not-text.more",
        "What is mended here is written into a clean script beside; the original is kept in "
        "scripts/originals/.",
    ),
    "anew": Message(
        "studio.anew", "Write the script anew, each turn under its speaker’s name, and do it there"
    ),
    "clean": Message("studio.clean", "Make a clean script"),
    "as_written": Message("studio.as-written", "As it was written"),
    "as_understood": Message("studio.as-understood", "As it is understood"),
    "line": Message("studio.line", "line"),
    "mend": Message("studio.mend", "Mend"),
    "left_out": Message("studio.left-out-because", "Not spoken:"),
    "keep": Message("studio.keep", "Keep it, to be spoken"),
    "split": Message("studio.split", "Split here"),
    "join": Message("studio.join", "Join to the turn above"),
    "leave_out": Message("studio.leave-out", "Leave out, do not speak"),
    "said_by": Message("studio.said-by", "This is said by…"),
    "other": Message("studio.said-by.other", "Somebody else:"),
    "so": Message("studio.said-by.so", "Says this"),
    "key_sentence": Message("studio.key.sentence", "sentence before, after"),
    "build": Message("studio.build", "Build and hear"),
    "stop": Message("studio.stop", "Stop"),
    "at_work": Message("studio.at-work", "At work…"),
    "building": Message("studio.building", "The build"),
    "hear": Message("studio.hear", "Hear"),
    "seam": Message("studio.hear.seam", "Hear the seam before it"),
    "synthetic": Message("studio.voice.synthetic", "Synthetic voice"),
    "real_voice": Message("studio.voice.real", "Real voice"),
    "not_heard": Message("studio.voice.not-built", "Changed since the build"),
    "title_date": Message("studio.title-and-date", "Title and date"),
    "title_field": Message("studio.title", "Title"),
    "date_field": Message("studio.date", "Date, such as 6/9/2025"),
    "write": Message("studio.write", "Write it"),
    "steps": Message("studio.steps", "The programme's steps"),
    "step_script": Message("studio.step.script", "Script"),
    "step_hear": Message("studio.step.hear", "Hear"),
    "readings": Message("studio.readings", "How it is read"),
    "not_said": Message("studio.reading.none", "not said"),
    "is_read": Message("studio.reading.label", "is read:"),
    "reading_for": Message("studio.reading.for", "Use this reading"),
    "for_script": Message("studio.reading.for-script", "in this script"),
    "for_station": Message("studio.reading.for-station", "everywhere in the station"),
    "write_reading": Message("studio.reading.write", "Write the reading"),
    "leave": Message("studio.leave", "Leave it"),
    "hear_sentence": Message("studio.hear.sentence", "Hear the sentence"),
    "space": Message("studio.key.space", "Space"),
    "as_it_is": Message("studio.as-it-is", "Keep as understood"),
    "no_doubt": Message("studio.no-doubt", "Nothing is doubtful here."),
    "first_sentence": Message(
        "studio.split.first",
        "A turn is split before another sentence than its first: go there with →.",
    ),
    "edit": Message("studio.edit", "Mend the words"),
    "its_words": Message("studio.edit.label", "The words of this paragraph"),
    "more": Message("studio.mend.more", "Somebody else, a role, lead or byline…"),
    "its_role": Message("studio.role", "Who speaks here is"),
    "this_is": Message("studio.part", "This is"),
    "the_lead": Message("studio.part.lead", "the lead"),
    "the_byline": Message("studio.part.byline", "the byline"),
    "the_title": Message("studio.part.title", "the title"),
    "back": Message("studio.back", "All programmes"),
    "not_here": Message("studio.not-here", "There is no such page in this station."),
}
"""What does not depend on a value, by the names that templates have for it."""
