"""The papers of a studio, from what is known of a programme: cue sheet, timeline, report."""
