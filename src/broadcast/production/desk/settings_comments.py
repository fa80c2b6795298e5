"""A new station's settings and lexicon → the same with what they are for, in its language.

``new_station/station.toml`` has the settings alone, so that every language has the same ones.
"""

from __future__ import annotations

import re

from broadcast.messages import Message
from broadcast.messages.rendering import Renderer

COMMENTS = (
    Message(
        "settings",
        "Who this station is. Lines that begin with # show the default of a setting:\n"
        "take the # away and change what follows.",
    ),
    Message("settings.show.title", "the programme's name, as listeners see it"),
    Message("settings.show.category", "one of Apple Podcasts' categories"),
    Message(
        "settings.show.base-url", "where feed/ will be reachable; change it before going public"
    ),
    Message("settings.show.cover", "a square picture, 1400 to 3000 pixels wide"),
    Message("settings.show.guid", "the show's own identifier, when it moves here from elsewhere"),
    Message("settings.show.license", 'what others may do with it: "cc-by-4.0", or your own terms'),
    Message("settings.show.license-url", "where the words of your own terms stand"),
    Message("settings.show.location", "the place that it is about"),
    Message("settings.show.location-geo", 'latitude and longitude: "10.9289,108.1021"'),
    Message("settings.show.location-osm", "the place's number in OpenStreetMap"),
    Message("settings.show.funding", "the page where listeners can support it"),
    Message("settings.show.funding-text", "the words for that link"),
    Message(
        "settings.show.update-frequency", '"daily", "weekdays", "weekly", "fortnightly", "monthly"'
    ),
    Message("settings.voices.engines", "tried in this order, one for a whole episode"),
    Message("settings.voices.offline", "true: never use the network"),
    Message("settings.voices.fallback", "false: stop when the first of them cannot speak"),
    Message("settings.voices.espeak", "the offline voice"),
    Message(
        "settings.voices.espeak.presenter", '"+Alex" is a variant of the language\'s own voice'
    ),
    Message("settings.voices.espeak.official", "a second official takes the second voice"),
    Message("settings.voices.espeak.rate", "words a minute"),
    Message("settings.voices.espeak.apart", "false: who shares a voice sounds alike"),
    Message("settings.voices.espeak.price-per-million", "of a paid voice: what your contract says"),
    Message("settings.voices.espeak.limit-per-month", "characters that may be sent; 0: no limit"),
    Message("settings.voices.espeak.languages.vi", "vi (north), vi-vn-x-central, vi-vn-x-south"),
    Message("settings.voices.gtts", "the online voice"),
    Message("settings.voices.gtts.url", "a service that speaks Google's protocol, in its place"),
    Message(
        "settings.voices.sherpa",
        "voices of your own computer: broadcast voices get NAME, then name one of them",
    ),
    Message("settings.voices.sherpa.folder", "a further folder with models"),
    Message("settings.voices.sherpa.speed", "1.1 speaks a tenth faster"),
    Message("settings.voices.sherpa.variation", "0: a Piper voice never says a thing differently"),
    Message("settings.voices.command", "a program of your own that speaks"),
    Message(
        "settings.voices.command.command",
        '["/usr/bin/prog", "{{text_file}}", "{{out_wav}}"]; no shell runs it',
    ),
    Message("settings.voices.command.seconds", "how long it may take for a sentence"),
    Message("settings.voices.command.version", "change it when the program speaks differently"),
    Message("settings.voices.openai", "any service that is asked as OpenAI's is"),
    Message("settings.voices.openai.url", "or a server of your own"),
    Message("settings.voices.openai.key-env", 'the variable that holds the key; "": none'),
    Message("settings.voices.openai.voices", "for presenter, reporter, officials in this order"),
    Message("settings.voices.openai.format", '"wav", "flac", "mp3", "opus" or "aac"'),
    Message("settings.voices.openai.extra", "further fields of each request"),
    Message("settings.voices.openai.longest", "characters in one request"),
    Message("settings.voices.openai.answer-s", "seconds that an answer may take"),
    Message("settings.voices.openai.at-once", "requests under way together"),
    Message("settings.voices.azure", "Microsoft's voices, by a key of your own"),
    Message("settings.voices.azure.region", 'where your Speech resource lies: "southeastasia"'),
    Message("settings.voices.azure.url", "its address, in place of its region"),
    Message("settings.voices.azure.key-env", "the variable that holds the key"),
    Message("settings.voices.azure.a-minute", "requests in a minute; 20 where it is free (F0)"),
    Message("settings.voices.azure.percent", "10 speaks a tenth faster, -10 slower"),
    Message("settings.voices.edge", "the same voices, unofficially: Microsoft may turn them off"),
    Message("settings.voices.edge.percent", "10 speaks a tenth faster, -10 slower"),
    Message("settings.people", "somebody who comes up often: what is said here always wins"),
    Message("settings.people.role", "presenter, reporter or official"),
    Message("settings.people.gender", "woman or man: the voice's"),
    Message("settings.people.pitch", "semitones that the voice is moved by, -1.9 to 1.9"),
    Message("settings.people.tempo", "per cent of the voice's own, 90 to 110"),
    Message(
        "settings.words",
        "What the presenter says at the start and the end of every programme in the show's "
        'language;\n"" says nothing.\n'
        "{{show}}, {{title}}, {{date}}, {{reporter}} and {{guest}} are filled in.",
    ),
    Message("settings.words.notice", "own words instead of the standard notice"),
    Message(
        "settings.words.disclosure", '"off" says nothing of synthetic voices; you are asked first'
    ),
    Message("settings.spoken", "how Vietnamese is said where newsreaders differ"),
    Message("settings.spoken.preset", 'or "southern": ngàn, lẻ, hai mươi bốn, xẹt'),
    Message("settings.spoken.thousand", 'or "ngàn"'),
    Message("settings.spoken.zero-tens", 'or "lẻ"'),
    Message("settings.spoken.four", '24: hai mươi tư; or "bốn"'),
    Message("settings.spoken.year-hundreds", "false: hai nghìn hai mươi tư"),
    Message("settings.spoken.ranges", 'or "tới", or "pause"'),
    Message("settings.spoken.minutes", "true: bảy giờ ba mươi phút"),
    Message("settings.spoken.house-slash", 'or "xẹt", "trên", "gạch chéo"'),
    Message("settings.spoken.price-per", 'đồng một ki lô gam; or "trên"'),
    Message("settings.spoken.document-letters", 'nờ quy; or "expanded": nghị quyết'),
    Message("settings.spoken.letter-names", 'your own: {{ "S" = "ét xì" }}'),
    Message("settings.sound.podcast-lufs", "loudness of the podcast as heard"),
    Message("settings.sound.ceiling-dbtp", "highest true peak"),
    Message("settings.sound.mp3-kbps", "64, 80, 96, 112, 128, 160 or 192"),
    Message("settings.sound.high-pass-hz", "80 takes rumble out of recordings"),
    Message(
        "settings.sound.formats", '["wav"] makes an air master too; "flac", "air-mp3" likewise'
    ),
    Message("settings.sound.air-lufs", "loudness of the air master (EBU R 128)"),
    Message("settings.sound.air-bits", "or 16"),
    Message("settings.sound.air-rate-hz", "or 44100"),
    Message(
        "settings.sound.air-mp3-kbps", 'of "air-mp3", the copy for loudspeakers and USB sticks'
    ),
    Message("settings.sound.running-time", '"10:00" closes or stretches the pauses to fit'),
    Message("settings.air", "what playout pulls: air/NAME.wav, and air/latest.wav, the newest one"),
    Message("settings.air.deliver", "true: publishing puts it there, air_lufs loud (-23 or -16)"),
    Message(
        "settings.air.valid-days", "how many days from its date on it may be played; 0: always"
    ),
    Message("settings.air.priority", '"normal", "priority" or "emergency", in the cart chunk'),
    Message("settings.music", 'files are named from this folder: "music/intro.mp3"'),
    Message("settings.music.intro", "before everything"),
    Message("settings.music.outro", "after everything"),
    Message("settings.music.sting", "before each further question"),
    Message("settings.music.bed", "under the parts named next"),
    Message("settings.music.bed-under", "opening, notice, lead, turn, byline, closing"),
    Message("settings.music.level-lu", "music alone, beside the programme's loudness"),
    Message("settings.music.bed-lu", "music under speech"),
    Message("settings.music.before-ms", "a bed before its speech, and after it"),
    Message("settings.music.attack-ms", "how fast it goes down, and comes up again"),
    Message("settings.pauses", "silence, in thousandths of a second"),
    Message(
        "settings.recordings.stale",
        'a recording whose words have changed: "use" it, or "synthetic"',
    ),
    Message(
        "settings.publish.approval",
        '"official": a synthetic official needs approval first; "all": every programme does',
    ),
    Message("settings.watch.publish", "true: what broadcast watch has built is published at once"),
    Message(
        "settings.feed.items", "how many episodes feed.xml holds; older ones are in its archives"
    ),
    Message("settings.feed.keep-days", "how many days audio that was replaced is still served"),
    Message("settings.feed.numbering", '"count": 1, 2, 3 …; or "year": 1, 2, 3 … within each year'),
    Message(
        "settings.feed.expires-days", "after how many days an episode leaves the feed; 0: never"
    ),
    Message(
        "settings.feed.small",
        'a copy for listeners whose data is dear: "mp3", "opus" (half of that), or "off"',
    ),
    Message("settings.feed.apple", "the show's address at Apple Podcasts, for the pages' links"),
    Message("settings.feed.spotify", "its address at Spotify"),
    Message("settings.feed.youtube", "its address at YouTube"),
    Message(
        "settings.upload",
        "where broadcast upload copies feed/ to; passwords never stand in this file",
    ),
    Message(
        "settings.upload.to",
        '"sftp://…", "ftps://…", "webdavs://…", "s3://…", "az://…", "gs://…", "file:…"',
    ),
    Message(
        "settings.upload.user", "who logs in there; for S3 the id of the key, for Azure the account"
    ),
    Message("settings.upload.password-env", "the variable that holds the password"),
    Message("settings.upload.password-file", "or a file outside the station with the password"),
    Message("settings.upload.key-file", "for SFTP: a key in place of a password"),
    Message("settings.upload.endpoint", "for what is like S3, Azure, Google: its own address"),
    Message("settings.upload.region", "of S3"),
    Message("settings.upload.implicit-tls", "for FTPS: TLS comes first, as at port 990"),
    Message(
        "settings.upload.unencrypted", "true: passwords and files may go where others can read them"
    ),
    Message(
        "settings.upload.check", "false: do not look at the media on the web before the feed goes"
    ),
    Message("settings.cache.limit-mb", "how large it may grow"),
    Message("settings.cache.folder", "where it is, if not in .broadcast; stations may share one"),
    Message("settings.station.interface", "the language that the program speaks to you"),
)
"""What stands beside a setting or a table, which the code names; several lines stand below it."""

LEXICON = Message(
    "settings.lexicon",
    "How this station says names and abbreviations: the written form, a tab, how it is said.",
)

_COLUMN = 44
_TABLE = re.compile(r"(?:# )?\[+([\w.]+)\]+")
_KEY = re.compile(r"(?:# )?(\w+) = ")


def commented(settings: str, renderer: Renderer) -> str:
    """Give a station.toml with the comments that its tables and settings have in one language."""
    texts = {comment.code: renderer.text(comment) for comment in COMMENTS}
    lines = _below("", texts["settings"])
    table = ""
    for line in settings.splitlines():
        if header := _TABLE.match(line):
            table = header[1]
        key = _KEY.match(line)
        place = f"{table}.{key[1]}" if key else table
        text = texts.get(code_of(place)) if key or header else None
        lines += _below(line, text) if text and "\n" in text else [_beside(line, text)]
    return "".join(f"{line}\n" for line in lines)


def explained(lexicon: str, renderer: Renderer) -> str:
    """Give a lexicon.tsv with what it is for, below the names of its columns."""
    columns, _, entries = lexicon.partition("\n")
    return f"{columns}\n# {renderer.text(LEXICON)}\n{entries}"


def code_of(place: str) -> str:
    """Give the code of the comment on a setting (table.key) or a table."""
    return f"settings.{place}".replace("_", "-")


def _beside(line: str, text: str | None) -> str:
    return f"{line:<{_COLUMN - 2}}  # {text}" if text else line


def _below(line: str, text: str) -> list[str]:
    return [*filter(None, [line]), *(f"# {one}" for one in text.split("\n"))]
