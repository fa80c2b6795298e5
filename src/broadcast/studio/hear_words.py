"""What the hear screen says by itself."""

from __future__ import annotations

from collections.abc import Mapping

from broadcast.messages import Message

HEAR_WORDS: Mapping[str, Message] = {
    "hear_follows": Message("studio.hear.follows", "What you hear is the script as it is now"),
    "hear_behind": Message("studio.hear.behind", "Something was changed since this was built."),
    "hear_unbuilt": Message("studio.hear.unbuilt", "Nothing was built yet, so nothing is heard."),
    "hear_build": Message("studio.hear.build", "Build"),
    "hear_rebuild": Message("studio.hear.rebuild", "Build it anew"),
    "hear_old": Message("studio.hear.old", "What was built before is heard meanwhile."),
    "hear_whole": Message("studio.hear.whole", "The whole programme"),
    "hear_turns": Message("studio.hear.turns", "Turn by turn"),
    "hear_length": Message("studio.hear.length", "Length"),
    "hear_wanted": Message("studio.hear.wanted", "wanted"),
    "hear_real": Message("studio.hear.real", "Real voice"),
    "hear_heard_of": Message("studio.hear.heard-of", "Listened to"),
    "hear_of_turns": Message("studio.hear.of-turns", "turns"),
    "hear_music": Message("studio.hear.music", "Music"),
    "hear_loudness": Message("studio.hear.loudness", "Loudness"),
    "hear_place": Message("studio.hear.place", "Place in the programme"),
    "hear_key_real": Message("studio.hear.key-real", "real voice"),
    "hear_key_synthetic": Message("studio.hear.key-synthetic", "synthetic voice"),
    "hear_real_take": Message("studio.hear.real-take", "Real voice · take"),
    "hear_stale": Message("studio.hear.stale", "Words changed since"),
    "hear_doubt": Message("studio.hear.doubt", "To be heard again"),
    "hear_changed": Message("studio.hear.changed", "Not built yet"),
    "hear_heard": Message("studio.hear.heard", "Heard"),
    "hear_unheard": Message("studio.hear.unheard", "Not heard yet"),
    "hear_drop": Message("studio.hear.drop", "Drop or choose a file"),
    "hear_drop_more": Message("studio.hear.drop-more", "Another recording"),
    "hear_drop_for": Message("studio.hear.drop-for", "Recording for"),
    "hear_still_right": Message("studio.hear.still-right", "The words are still right"),
    "hear_is_right": Message("studio.hear.is-right", "This recording is right"),
    "hear_open": Message("studio.hear.open", "Takes, seams, sentences"),
    "hear_takes": Message("studio.hear.takes", "Ways to hear it"),
    "hear_take": Message("studio.hear.take", "Take"),
    "hear_synthetic": Message("studio.hear.synthetic", "Synthetic voice"),
    "hear_use": Message("studio.hear.use", "Use this one"),
    "hear_used": Message("studio.hear.used", "In use"),
    "hear_gone": Message("studio.hear.gone", "Its file is gone, or cannot be used."),
    "hear_cut_in": Message("studio.hear.cut-in", "Cut at the start"),
    "hear_cut_out": Message("studio.hear.cut-out", "Cut at the end"),
    "hear_seconds": Message("studio.hear.seconds", "seconds"),
    "hear_at": Message("studio.hear.at", "at"),
    "hear_cut_here": Message("studio.hear.cut-here", "Cut it so"),
    "hear_cut_itself": Message("studio.hear.cut-itself", "Find the points anew"),
    "hear_changed_words": Message("studio.hear.changed-words", "Changed:"),
    "hear_seams": Message("studio.hear.seams", "Seams ±5 seconds"),
    "hear_seam_with": Message("studio.hear.seam-with", "with"),
    "hear_sentences": Message("studio.hear.sentences", "Sentence by sentence"),
    "hear_anyway": Message("studio.hear.anyway", "Use it all the same"),
    "hear_sending": Message("studio.hear.sending", "Taking it in…"),
    "hear_checking": Message("studio.hear.checking", "Listening to it…"),
    "hear_bring": Message(
        "studio.hear.bring", "Drop a folder of recordings, or one long recording, here"
    ),
    "hear_choose_files": Message("studio.hear.choose-files", "Choose files"),
    "hear_choose_folder": Message("studio.hear.choose-folder", "Choose a folder"),
    "hear_bring_hint": Message(
        "studio.hear.bring.hint",
        "Nothing is used before you have seen which recording goes to which turn.",
    ),
    "bring_none": Message("studio.hear.bring.none", "There is no audio file among them."),
    "wait_folder": Message("studio.wait.folder", "Recordings and the turns that they are for"),
    "wait_folder_hint": Message(
        "studio.wait.folder.hint", "Hear them, set right what is wrong. Nothing is changed yet."
    ),
    "wait_long": Message("studio.wait.long", "Long recording"),
    "wait_long_hint": Message(
        "studio.wait.long.hint",
        "Hear each cut and move it where it is wrong. Nothing is changed yet.",
    ),
    "wait_not_begun": Message(
        "studio.wait.not-begun", "These recordings wait: they were not listened to yet."
    ),
    "wait_listen": Message("studio.wait.listen", "Listen to them"),
    "wait_is_long": Message("studio.wait.is-long", "These are one recording of many turns"),
    "wait_for_turn": Message("studio.wait.for-turn", "Turn for"),
    "wait_for_none": Message("studio.wait.for-none", "not used"),
    "wait_accept": Message("studio.wait.accept", "Use them so"),
    "wait_accept_long": Message("studio.wait.accept-long", "Use the turns that are ticked"),
    "wait_forget": Message("studio.wait.forget", "Put these recordings away"),
    "wait_working": Message("studio.wait.working", "Work on the recordings"),
    "wait_use": Message("studio.wait.use", "Use"),
    "wait_begin": Message("studio.wait.begin", "Start"),
    "wait_end": Message("studio.wait.end", "End"),
    "wait_hear_begin": Message("studio.wait.hear-begin", "Hear the start"),
    "wait_hear_end": Message("studio.wait.hear-end", "Hear the end"),
    "wait_hear_all": Message("studio.wait.hear-all", "Hear all of it"),
    "wait_wrong": Message(
        "studio.wait.wrong", "This is no recording of this script, or nothing can be heard in it."
    ),
    "wait_ask": Message(
        "studio.wait.ask", "Much of it is unsure: tick a turn when you have heard that it is right."
    ),
    "wait_over_sound": Message(
        "studio.wait.over-sound",
        "There is music or a hum under the voices: cuts may be wrong by seconds.",
    ),
    "deck": Message("studio.deck", "Player"),
    "deck_play": Message("studio.deck.play", "Play"),
    "deck_pause": Message("studio.deck.pause", "Pause"),
    "deck_before": Message("studio.deck.before", "Turn before"),
    "deck_after": Message("studio.deck.after", "Turn after"),
    "deck_back": Message("studio.deck.back", "Back 5 seconds"),
    "deck_on": Message("studio.deck.on", "On 5 seconds"),
    "deck_mark": Message("studio.deck.mark", "I have heard this turn"),
    "deck_marked": Message("studio.deck.marked", "Noted as heard."),
    "key_play": Message("studio.key.play", "play, pause"),
    "key_five": Message("studio.key.five", "5 seconds back, on (on the bar)"),
    "key_turn": Message("studio.key.turn", "turn before, after (on the bar)"),
    "key_seams": Message("studio.key.seams", "hear the seam before, after"),
    "key_takes": Message("studio.key.takes", "choose a take of the turn"),
    "key_right": Message("studio.key.right", "the recording is right"),
    "key_heard": Message("studio.key.heard", "note the turn as heard"),
    "key_space": Message("studio.key.space", "Space"),
}
"""What does not depend on a value, by the names that templates have for it."""
