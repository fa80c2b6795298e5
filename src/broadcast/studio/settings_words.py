"""What the screen of the station's settings says by itself."""

from __future__ import annotations

from collections.abc import Mapping

from broadcast.messages import Message

SETTINGS_WORDS: Mapping[str, Message] = {
    "station": Message("studio.station", "Station"),
    "first_day_go": Message("studio.first-day.go", "Change it here"),
    "station_more": Message(
        "studio.station.more", "Written into station.toml and lexicon.tsv; comments there are kept"
    ),
    "settings_parts": Message("studio.settings.parts", "Parts of the settings"),
    "set_show": Message("studio.settings.show", "The show"),
    "set_people": Message("studio.settings.people", "People and voices"),
    "set_words": Message("studio.settings.words", "How it is said"),
    "set_pauses": Message("studio.settings.pauses", "Pauses"),
    "set_music": Message("studio.settings.music", "Music"),
    "set_approval": Message("studio.settings.approval", "Approval"),
    "seconds": Message("studio.settings.seconds", "s"),
    "sample_line": Message("studio.settings.sample-line", "What the voices say to be heard"),
    "hear_voice": Message("studio.settings.hear-voice", "Hear the voice"),
    "speaking": Message("studio.settings.speaking", "Speaking…"),
    "voices_of": Message("studio.settings.voices-of", "Voices of"),
    "voices_of_hint": Message(
        "studio.settings.voices-of.hint",
        "for whoever has none of their own; several guests take one after the other",
    ),
    "person": Message("studio.settings.person", "Person"),
    "person_name": Message("studio.settings.person.name", "Name"),
    "person_role": Message("studio.settings.person.role", "Role"),
    "person_gender": Message("studio.settings.person.gender", "Voice of"),
    "woman": Message("studio.settings.woman", "a woman"),
    "man": Message("studio.settings.man", "a man"),
    "by_itself": Message("studio.settings.as-it-is", "as the program finds"),
    "voice_of": Message("studio.settings.voice-of", "Voice of"),
    "add_person": Message("studio.settings.add-person", "Add a person"),
    "take_away": Message("studio.settings.take-away", "Take away"),
    "taken_away": Message("studio.settings.taken-away", "Goes when it is written."),
    "word_written": Message("studio.settings.word.written", "Written"),
    "word_spoken": Message("studio.settings.word.spoken", "Said as"),
    "add_word": Message("studio.settings.add-word", "Add a word"),
    "find_word": Message("studio.settings.find-word", "Find a word"),
    "hear_word": Message("studio.settings.hear-word", "Hear"),
    "no_words": Message("studio.settings.no-words", "There is no word of your own yet."),
    "no_people": Message("studio.settings.no-people", "Nobody is named yet."),
    "choose_music": Message("studio.settings.choose-music", "Choose…"),
    "music_hear": Message("studio.settings.hear-music", "Hear"),
    "music_hint": Message(
        "studio.settings.music.hint", "A file in the station's folder, such as music/intro.mp3"
    ),
    "write_settings": Message("studio.settings.write", "Write them"),
    "drop_changes": Message("studio.settings.drop", "Drop the changes"),
    "unchanged": Message("studio.settings.unchanged", "Nothing is changed."),
    "changed_many": Message("studio.settings.changed", "Changed:"),
    "wrong_many": Message("studio.settings.wrong", "To mend:"),
    "written": Message("studio.settings.written", "Written."),
    "merged": Message(
        "studio.settings.merged",
        "The settings were just changed elsewhere. They are shown as they are now; what you "
        "entered is kept and not written yet.",
    ),
}
"""What does not depend on a value, by the names that templates have for it."""
