"""feed/ comes to a host so that listeners have the old or the new, never half, and nothing else."""

from __future__ import annotations

import shutil
import ssl
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest
import trustme

from broadcast.delivery import kinds, steady
from broadcast.delivery.faults import HostError, disturbed, forbidden, no_room, refused
from broadcast.delivery.host import Secret
from broadcast.errors import BroadcastError, OutsideError, StoppedError, UsageError
from broadcast.production.desk.read_station import station_of
from broadcast.production.desk.trust import Wanted, decide, forget
from broadcast.production.public import upload_check
from broadcast.production.public.check_live import check_live
from broadcast.production.public.upload import upload
from broadcast.production.public.upload_target import login_of, target_of, wanted_of_upload
from broadcast.station.upload import SCHEMES
from broadcast.workspace import Workspace
from hosts_of_uploads import MemoryHost, lacking, named_in
from productions_by_hand import Notebook
from station_at_hand import NAME, NOW, OTHER, Station, older_station

BASE = "https://radio.example.vn/podcast/"
PASSWORD = "mat-khau-Rieng-7391"


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    """A station with two episodes that are out, whose user lets it upload to a host in memory."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    monkeypatch.setattr(steady, "WAITS_S", (0.0, 0.0))
    monkeypatch.setattr(upload_check, "WAITS_S", ())
    monkeypatch.setenv("BROADCAST_UPLOAD_PASSWORD", PASSWORD)
    station = older_station(tmp_path / "station")
    named(station, "sftp://dai@radio.example.vn/www", "check = false\n")
    station.done("feed")
    trusted(station)
    return station


def named(station: Station, to: str, further: str = "", base: str = BASE) -> None:
    file = station.root / "station.toml"
    text = file.read_text("utf-8").partition("[upload]")[0]
    lines = [f'base_url = "{base}"' if "base_url" in line else line for line in text.splitlines()]
    text = "\n".join([*lines, "[upload]", f'to = "{to}"', further])
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> MemoryHost:
    """The host that is connected to, whatever the station names."""
    host = MemoryHost()
    monkeypatch.setattr(kinds, "connect", lambda target, login: host)
    return host


def wanted(station: Station) -> tuple[Wanted, ...]:
    return wanted_of_upload(station.workspace, station_of(station.workspace))


def trusted(station: Station) -> None:
    """Allow what the station's settings want now, as `broadcast trust` does."""
    for one in wanted(station):
        decide(one, allowed=True)


def site(station: Station) -> dict[str, bytes]:
    folder = station.root / "feed"
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def uploaded(station: Station, notes: Notebook | None = None, **how: bool) -> None:
    upload(Workspace(station.root), notes or Notebook(), **how)


def test_the_host_has_every_file_of_feed_and_nothing_else(
    station: Station, host: MemoryHost
) -> None:
    uploaded(station)
    assert host.files == site(station)
    assert lacking(host.files.get, BASE) == []
    assert len(named_in(host.files["feed.xml"], BASE)) > 4


def test_media_come_first_then_pages_and_the_feed_last(station: Station, host: MemoryHost) -> None:
    uploaded(station)
    moved = [path for order, path in host.log if order == "move"]
    assert moved[-1] == "feed.xml"
    pages = [n for n, path in enumerate(moved) if path.endswith(".html") and "media/" not in path]
    media = [n for n, path in enumerate(moved) if path.startswith(("media/", "assets/"))]
    assert max(media) < min(pages)
    assert [path for order, path in host.log if order == "put" and not path.endswith(".part")] == []


def test_each_file_goes_with_its_type_and_how_long_it_may_be_kept(
    station: Station, host: MemoryHost
) -> None:
    host.puts_whole = True
    uploaded(station)
    kinds_of = {Path(path).suffix: told for path, told in host.kinds.items()}
    assert kinds_of[".mp3"] == ("audio/mpeg", "public, max-age=31536000, immutable")
    assert kinds_of[".vtt"][0] == "text/vtt; charset=utf-8"
    assert kinds_of[".xml"] == ("application/rss+xml; charset=utf-8", "public, max-age=300")


def test_what_did_not_change_goes_no_second_time(station: Station, host: MemoryHost) -> None:
    uploaded(station)
    host.log.clear()
    uploaded(station)
    assert host.log == []
    station.done("withdraw", NAME)
    uploaded(station)
    put = {path.removesuffix(".part") for order, path in host.log if order == "put"}
    assert "feed.xml" in put
    assert not [path for path in put if path.startswith("media/")]


def test_what_went_from_feed_goes_after_the_feed_and_what_others_put_there_stays(
    station: Station, host: MemoryHost
) -> None:
    host.files["media/of-somebody-else.mp3"] = b"theirs"
    uploaded(station)
    before = set(host.files)
    host.log.clear()
    station.done("withdraw", NAME)
    uploaded(station)
    gone = before - set(host.files)
    assert gone == before - set(site(station)) - {"media/of-somebody-else.mp3"} != set()
    orders = [(order, path) for order, path in host.log if path in gone or path == "feed.xml"]
    assert orders[0] == ("move", "feed.xml")
    assert "nothing" not in station.run("feed", "--removed").output
    assert station.run("feed", "--removed").output == ""  # nobody has to delete it by hand


def test_where_a_host_is_named_nobody_is_told_to_delete_by_hand(station: Station) -> None:
    told = station.run("withdraw", NAME).output
    assert "deleted by: broadcast upload" in told
    assert "--removed" not in told


def test_a_file_that_the_host_lost_or_has_in_part_comes_again(
    station: Station, host: MemoryHost
) -> None:
    uploaded(station)
    lost, cut = sorted(path for path in host.files if path.startswith("media/"))[:2]
    del host.files[lost]
    host.files[cut] = host.files[cut][:-1]
    uploaded(station)
    assert host.files == site(station)


@pytest.mark.parametrize("whole", [False, True])
def test_stopped_before_any_order_listeners_have_the_old_feed_or_the_new_and_all_of_it(
    station: Station, host: MemoryHost, whole: bool
) -> None:
    host.puts_whole = whole
    uploaded(station)
    old = (dict(host.files), (station.root / "delivery.json").read_bytes())
    station.done("publish", OTHER, "--yes")
    station.done("withdraw", NAME)
    new = site(station)["feed.xml"]
    feeds, stop_at = [], 0
    while True:
        host.files = dict(old[0])
        (station.root / "delivery.json").write_bytes(old[1])
        host.log.clear()

        def stop(order: str, path: str, at: int = stop_at) -> None:
            if len(host.log) == at + 1:
                raise StoppedError

        host.before = stop
        try:
            uploaded(station)
        except StoppedError:
            feeds.append(host.files["feed.xml"])
            assert lacking(host.files.get, BASE) == [], host.log[-1]
            host.before = lambda order, path: None
            uploaded(station)  # the same command goes on
            assert host.files == site(station)
            stop_at += 1
            continue
        break
    assert stop_at > 8
    assert set(feeds) == {old[0]["feed.xml"], new}


def test_where_no_file_takes_the_place_of_another_the_feed_is_gone_for_a_moment_and_never_half(
    station: Station, host: MemoryHost
) -> None:
    host.replaces = False
    uploaded(station)
    old = (dict(host.files), (station.root / "delivery.json").read_bytes())
    station.done("publish", OTHER, "--yes")
    station.done("withdraw", NAME)
    new = site(station)["feed.xml"]
    feeds: list[bytes | None] = []
    for at in range(200):
        host.files = dict(old[0])
        (station.root / "delivery.json").write_bytes(old[1])
        host.log.clear()

        def stop(order: str, path: str, at: int = at) -> None:
            if len(host.log) == at + 1:
                raise StoppedError

        host.before = stop
        try:
            uploaded(station)
        except StoppedError:
            feeds.append(host.files.get("feed.xml"))
            assert feeds[-1] is None or lacking(host.files.get, BASE) == [], host.log[-1]
            host.before = lambda order, path: None
            uploaded(station)
            assert host.files == site(station)
            continue
        break
    assert feeds.count(None) == 1
    assert set(feeds) == {old[0]["feed.xml"], None, new}


def test_a_connection_that_breaks_is_made_anew_and_told(station: Station, host: MemoryHost) -> None:
    fails = iter([True, False, True])

    def breaks(order: str, path: str) -> None:
        if order == "move" and next(fails, False):
            raise disturbed("the host", ConnectionResetError(104, "reset"))

    host.before, notes = breaks, Notebook()
    uploaded(station, notes)
    assert host.files == site(station)
    assert host.closed >= 3
    assert sum("Trying again" in str(one) for one in notes.said) == 2


def test_an_answer_that_is_lost_after_the_move_was_done_is_no_fault(
    station: Station, host: MemoryHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried_out, lost = host.move, []

    def move(old: str, new: str) -> None:
        carried_out(old, new)
        if not lost:
            lost.append(new)
            raise disturbed("the host", TimeoutError())

    monkeypatch.setattr(host, "move", move)
    uploaded(station)
    assert host.files == site(station)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (no_room("radio.example.vn"), "no room"),
        (forbidden("radio.example.vn", "x"), "does not allow"),
        (disturbed("radio.example.vn", TimeoutError()), "no answer in time"),
    ],
)
def test_what_stays_wrong_ends_with_status_three_and_the_old_feed(
    station: Station, host: MemoryHost, fault: HostError, words: str
) -> None:
    uploaded(station)
    before = host.files["feed.xml"]
    station.done("withdraw", NAME)

    def refuses(order: str, path: str) -> None:
        if order == "put":
            raise fault

    host.before = refuses
    done = station.run("upload")
    assert isinstance(done.exception, OutsideError)
    assert done.exception.exit_status == 3
    assert words in str(done.exception)
    assert done.exception.hint
    assert host.files["feed.xml"] == before
    assert lacking(host.files.get, BASE) == []


def test_files_of_somebody_else_are_asked_about_before_any_is_replaced(
    station: Station, host: MemoryHost
) -> None:
    host.files["index.html"] = b"another site"
    with pytest.raises(OutsideError, match=r"index\.html"):
        uploaded(station)
    assert host.files == {"index.html": b"another site"}
    assert not (station.root / "delivery.json").exists()
    uploaded(station, takes_over=True)
    assert host.files == site(station)


def test_media_that_were_copied_by_hand_go_no_second_time(
    station: Station, host: MemoryHost
) -> None:
    host.files = site(station)
    uploaded(station, takes_over=True)
    assert not [path for order, path in host.log if path.startswith("media/")]


def test_a_dry_run_lists_and_changes_nothing(station: Station, host: MemoryHost) -> None:
    listed = station.run("upload", "--dry-run").output.splitlines()
    assert listed[-1] == "+ feed.xml"
    assert sorted(listed) == sorted(f"+ {path}" for path in site(station))
    assert host.log == []
    assert not (station.root / "delivery.json").exists()


def test_a_folder_that_nobody_trusts_sends_nothing(station: Station, host: MemoryHost) -> None:
    for one in wanted(station):
        forget(one.folder)
    with pytest.raises(BroadcastError, match=r"copy feed/ to sftp://dai@radio\.example\.vn/www"):
        uploaded(station)
    trusted(station)
    named(station, "sftp://dai@elsewhere.example.vn/www", "check = false\n")
    with pytest.raises(BroadcastError, match=r"elsewhere\.example\.vn"):
        uploaded(station)
    assert host.log == []


def test_publishing_uploads_what_it_published(station: Station, host: MemoryHost) -> None:
    uploaded(station)
    station.done("withdraw", NAME)
    station.done("publish", NAME, "--yes", "--upload")
    assert host.files == site(station)


def test_no_secret_is_in_any_file_or_word(
    station: Station, host: MemoryHost, tmp_path: Path
) -> None:
    told = [station.run("upload").output]

    def talks(order: str, path: str) -> None:
        raise HostError(
            no_room(f"dai:{PASSWORD}@host").message, no_room("host").hint or no_room("").message
        )

    station.done("withdraw", NAME)
    host.before = talks
    failed = station.run("upload")
    told += [failed.output, f"{failed.exception} {failed.exception.hint}"]  # type: ignore[union-attr]
    assert "dai:…@host" in told[-1]
    assert PASSWORD not in "".join(told)
    assert PASSWORD not in repr(Secret(PASSWORD)) + str(Secret(PASSWORD))
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(written) > 20
    assert [file for file in written if PASSWORD.encode() in file.read_bytes()] == []


ACCOUNT_KEY = "c2VjcmV0IG9mIGFuIGFjY291bnQgYXQgTWljcm9zb2Z0IHdpdGggc2l4dHktZm91ciBieXRlcw=="
SIGNED = "sv=2025-01-05&sp=rwdl&sig=a%2BB2c%2FdE4fG5hI6jK7lM8nO9pQ0rS1tU2vW3xY4z%3D"
OF_GOOGLE = f'{{"client_email": "dai@x", "private_key": "-----BEGIN-----\\n{ACCOUNT_KEY}\\n"}}'


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        (PASSWORD, f"530 {PASSWORD}"),
        (ACCOUNT_KEY, ACCOUNT_KEY),
        (SIGNED, f"https://dai.example.net/podcast?{SIGNED}"),
        (SIGNED, "sig=a+B2c/dE4fG5hI6jK7lM8nO9pQ0rS1tU2vW3xY4z="),
        (SIGNED, "sig=a%2BB2c%2FdE4fG5hI6jK7lM8nO9pQ0rS1tU2vW3xY4z%3D"),
        (OF_GOOGLE, f"bad key: {ACCOUNT_KEY}"),
    ],
)
def test_what_a_host_repeats_of_a_secret_is_taken_out_also_before_a_new_attempt(
    station: Station, host: MemoryHost, monkeypatch: pytest.MonkeyPatch, secret: str, said: str
) -> None:
    monkeypatch.setenv("BROADCAST_UPLOAD_PASSWORD", secret)

    def repeats(order: str, path: str) -> None:
        why = refused("the host", path, said)
        why.passes = True
        raise why

    host.before, notes = repeats, Notebook()
    with pytest.raises(HostError) as failed:
        uploaded(station, notes)
    told = [str(failed.value), *map(str, notes.said)]
    assert sum("Trying again" in one for one in told) == 2
    for words in told:
        assert "…" in words
        assert said.rpartition(" ")[2] not in words
        assert not any(part in words for part in (PASSWORD, "B2c", "c2VjcmV0"))


@pytest.mark.parametrize(
    "line", ['password = "x"', 'secret_key = "x"', 'to = "ftps://dai:geheim@example.vn/www"']
)
def test_a_password_in_station_toml_is_an_error_that_does_not_repeat_it(
    station: Station, line: str
) -> None:
    file = station.root / "station.toml"
    before = file.read_text("utf-8").partition("[upload]")[0]
    file.write_text(f"{before}[upload]\n{line}\n", encoding="utf-8")
    with pytest.raises(BroadcastError) as refused:
        uploaded(station)
    assert refused.value.message.code == "upload.secret-in-settings"
    assert "geheim" not in f"{refused.value} {refused.value.hint}"


def test_a_file_with_the_password_must_lie_outside_the_station(
    station: Station, host: MemoryHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BROADCAST_UPLOAD_PASSWORD")
    to = "ftps://dai@radio.example.vn/www"
    named(station, to, 'check = false\npassword_file = "secret.txt"\n')
    (station.root / "secret.txt").write_text("x")
    trusted(station)
    with pytest.raises(BroadcastError) as refused:
        uploaded(station)
    assert refused.value.message.code == "upload.secret-in-station"
    kept = tmp_path / "kept" / "secret.txt"
    kept.parent.mkdir()
    kept.write_text(PASSWORD + "\n")
    named(station, to, f'check = false\npassword_file = "{kept.as_posix()}"\n')
    trusted(station)
    uploaded(station)
    assert host.files == site(station)


def test_without_a_password_nothing_is_tried(
    station: Station, host: MemoryHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BROADCAST_UPLOAD_PASSWORD")
    named(station, "ftps://dai@radio.example.vn/www", "check = false\n")
    trusted(station)
    with pytest.raises(HostError, match="no password"):
        uploaded(station)
    assert host.log == []


def test_station_and_program_know_the_same_kinds_of_hosts() -> None:
    assert tuple(kinds.KINDS) == SCHEMES


class Web(SimpleHTTPRequestHandler):
    """Serves a folder as plain as hosts do: without parts of files, or leave for other sites."""

    refuses_head = False

    def log_message(self, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        if type(self).refuses_head:
            self.send_error(405)
        else:
            super().do_HEAD()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which this machine serves it."""
    folder = tmp_path / "www"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Web, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def served(station: Station, web: tuple[Path, str]) -> tuple[Station, Path]:
    """The station with its site in a folder that is on the web."""
    named(station, f"file:{web[0].as_posix()}", base=web[1])
    station.done("feed")
    trusted(station)
    return station, web[0]


def test_media_are_looked_at_where_listeners_fetch_them(served: tuple[Station, Path]) -> None:
    station, folder = served
    notes = Notebook()
    uploaded(station, notes)
    there = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert there == site(station)
    told = " ".join(map(str, notes.said))
    assert "gives no parts" in told
    assert "Access-Control-Allow-Origin" in told


def test_where_listeners_do_not_get_the_media_no_page_and_no_feed_goes(
    served: tuple[Station, Path], tmp_path: Path
) -> None:
    station, folder = served
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    base = next(
        line.split('"')[1]
        for line in (station.root / "station.toml").read_text("utf-8").splitlines()
        if "base_url" in line
    )
    named(station, f"file:{elsewhere.as_posix()}", base=base)
    trusted(station)
    for _ in range(2):  # and not the next time either
        with pytest.raises(OutsideError, match="answers 404"):
            uploaded(station)
        names = {file.suffix for file in elsewhere.rglob("*") if file.is_file()}
        assert ".mp3" in names
        assert not names & {".html", ".xml", ".part"}
    shutil.copytree(elsewhere, folder, dirs_exist_ok=True)
    uploaded(station)
    assert (elsewhere / "feed.xml").is_file()


def test_a_password_of_the_systems_keyring_is_used(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BROADCAST_UPLOAD_PASSWORD")
    asked: list[tuple[str, str]] = []

    def get_password(service: str, who: str) -> str:
        asked.append((service, who))
        return PASSWORD

    errors = ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    ring = ModuleType("keyring")
    ring.get_password, ring.errors = get_password, errors  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    target = target_of(station.workspace, station_of(station.workspace))
    login = login_of(station.workspace, station_of(station.workspace), target, accepts=False)
    assert login.secret == Secret(PASSWORD)
    assert asked == [("broadcast", "dai@radio.example.vn")]


@pytest.mark.parametrize(
    ("to", "further"),
    [
        ("webdav://dai@radio.example.vn/www", ""),
        ("WebDAV://dai@192.168.1.9/www", ""),
        ("s3://podcast", 'user = "AK"\nendpoint = "http://minio.example.vn:9000"'),
        ("az://podcast", 'user = "dai"\nendpoint = "http://blob.example.vn/dai"'),
        ("gs://podcast", 'endpoint = "http://storage.example.vn"'),
    ],
)
def test_nothing_leaves_this_machine_unencrypted_unless_its_user_says_so_and_then_it_is_told(
    station: Station, host: MemoryHost, to: str, further: str
) -> None:
    named(station, to, f"check = false\n{further}")
    with pytest.raises(UsageError, match="not encrypted"):
        uploaded(station)
    named(station, to, f"check = false\nunencrypted = true\n{further}")
    assert "others can read the password" in str(wanted(station)[0].told()[0])
    trusted(station)
    notes = Notebook()
    uploaded(station, notes)
    assert sum("is not encrypted" in str(one) for one in notes.said) == 1
    assert host.files == site(station)


@pytest.mark.parametrize(
    ("to", "further"),
    [
        ("webdav://dai@127.0.0.1:8080/www", ""),
        ("webdav://dai@[::1]/www", ""),
        ("webdavs://dai@radio.example.vn/www", ""),
        ("gs://podcast", 'endpoint = "http://localhost:4443"'),
        ("sftp://dai@radio.example.vn/www", 'endpoint = "http://minio.example.vn"'),
    ],
)
def test_what_stays_on_this_machine_or_is_encrypted_goes_without_a_word(
    station: Station, host: MemoryHost, to: str, further: str
) -> None:
    named(station, to, f"check = false\n{further}")
    trusted(station)
    notes = Notebook()
    uploaded(station, notes)
    assert not [one for one in notes.said if "encrypted" in str(one)]


@pytest.mark.parametrize(
    "to",
    [
        *("sftp://radio.example.vn:ssh/www", "ftps://radio.example.vn:70000", "ftps://[::1/www"),
        *("sftp://@/www", "sftp:radio.example.vn", "ftp://radio.example.vn", "az://", "file:/"),
    ],
)
def test_what_is_no_address_is_told_with_its_line(station: Station, to: str) -> None:
    named(station, to)
    with pytest.raises(BroadcastError) as failed:
        uploaded(station)
    assert failed.value.message.code == "upload.no-address"
    assert failed.value.line


@pytest.mark.parametrize("to", ["s3://podcast/www", "az://podcast/www"])
def test_a_key_or_an_account_has_to_be_named(station: Station, to: str) -> None:
    named(station, to)
    with pytest.raises(UsageError) as failed:
        uploaded(station)
    assert failed.value.message.code == "upload.no-user"


def test_the_account_of_azure_is_part_of_the_place(station: Station) -> None:
    named(station, "az://$web/podcast", 'user = "dai"')
    target = target_of(station.workspace, station_of(station.workspace))
    assert (target.shown, target.host, target.place) == ("az://dai@$web/podcast", "$web", "podcast")


def test_googles_key_is_all_of_its_file_and_a_password_a_line(
    station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BROADCAST_UPLOAD_PASSWORD")
    kept = tmp_path / "kept.json"
    kept.write_text('{\n  "type": "service_account"\n}\n')
    for to, secret in (
        ("gs://podcast", '{\n  "type": "service_account"\n}'),
        ("ftps://dai@radio.example.vn", "{"),
    ):
        named(station, to, f'password_file = "{kept.as_posix()}"')
        settings = station_of(station.workspace)
        target = target_of(station.workspace, settings)
        login = login_of(station.workspace, settings, target, accepts=False)
        assert login.secret == Secret(secret)


def test_feed_itself_is_no_place_to_upload_to(station: Station) -> None:
    named(station, "file:feed")
    with pytest.raises(UsageError):
        uploaded(station)


def live(station: Station) -> dict[str, str]:
    found = check_live(station.workspace, NOW, Notebook())
    return {problem.message.code: problem.level for problem in found}


def test_what_listeners_get_on_the_web_is_held_against_feed(served: tuple[Station, Path]) -> None:
    station, folder = served
    uploaded(station)
    plain = {"upload.no-parts": "warning", "upload.not-for-others": "warning"}
    assert live(station).items() >= plain.items()
    assert "error" not in live(station).values()
    sound = min((folder / "media").glob("*.mp3"))
    sound.write_bytes(sound.read_bytes()[:-1])
    assert live(station)["live.other-size"] == "error"
    sound.unlink()
    assert live(station)["live.missing"] == "error"
    (folder / "station.toml").write_text("x")
    assert live(station)["live.public"] == "error"
    station.done("withdraw", NAME)
    assert live(station)["live.other-feed"] == "error"
    (folder / "feed.xml").unlink()
    assert live(station) == {"live.missing": "error"}


def test_what_is_the_hosts_fault_is_told_once_below_the_sites_whole_address(
    served: tuple[Station, Path],
) -> None:
    station, _ = served
    notes = Notebook()
    uploaded(station, notes)
    assert sum("Access-Control-Allow-Origin" in str(one) for one in notes.said) == 1
    told = station.run("feed", "--check", "--url").output.splitlines()
    faults = [line for line in told if "Access-Control-Allow-Origin" in line]
    assert len(faults) == 1
    assert faults[0].startswith("http://127.0.0.1:")


def test_a_host_that_refuses_head_is_told_and_looked_at_all_the_same(
    served: tuple[Station, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    station, folder = served
    uploaded(station)
    plain = live(station)
    monkeypatch.setattr(Web, "refuses_head", True)
    assert live(station) == {**plain, "upload.no-head": "warning"}
    min((folder / "media").glob("*.mp3")).unlink()
    assert live(station)["live.missing"] == "error"


def test_a_site_that_nobody_answers_for_is_told_with_status_three(
    station: Station, web: tuple[Path, str]
) -> None:
    named(station, "", base="http://127.0.0.1:9/")
    done = station.run("feed", "--check", "--url")
    assert isinstance(done.exception, OutsideError)
    assert "nobody answers there" in str(done.exception)
    done = station.run("feed", "--url")
    assert isinstance(done.exception, UsageError)


@pytest.fixture
def encrypted(
    station: Station, web: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Station]:
    """The station's site on the web by https, with a certificate that ends five days from now."""
    authority = trustme.CA()
    ends = datetime.now(UTC) + timedelta(days=5)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", not_after=ends).configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Web, directory=str(web[0])))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    base = f"https://localhost:{server.server_address[1]}/"
    named(station, f"file:{web[0].as_posix()}", "check = false\n", base)
    station.done("feed")
    trusted(station)
    uploaded(station)
    known = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(known)
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(known))
    yield station
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_ends_soon_is_told(encrypted: Station) -> None:
    found = check_live(encrypted.workspace, datetime.now(UTC), Notebook())
    assert "live.certificate-ends" in {problem.message.code for problem in found}
    long_before = datetime.now(UTC) - timedelta(days=60)
    found = check_live(encrypted.workspace, long_before, Notebook())
    assert "live.certificate-ends" not in {problem.message.code for problem in found}
    assert "error" not in {problem.level for problem in found}


def test_a_certificate_that_nobody_vouches_for_is_told_as_such(
    encrypted: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(OutsideError) as refused:
        check_live(encrypted.workspace, NOW, Notebook())
    assert refused.value.message.code == "upload.certificate"
    assert "nobody known vouches for it" in str(refused.value)
