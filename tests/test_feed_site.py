"""feed/ is whole at every moment, the same for the same episodes, and only ever ours to change."""

from __future__ import annotations

import errno
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html
from msgspec.structs import replace as changed

from broadcast.errors import BroadcastError, OutsideError
from broadcast.feed.gone_pages import page_left_behind
from broadcast.feed.page_frame import look_of
from broadcast.feed.pages import index_page
from broadcast.feed.site_record import OLDER_RECORD, read_site_record, site_record_file
from broadcast.model import FeedSettings
from feeds_by_hand import AUDIO, MORNING, Shelf, withdrawn
from timelines_by_hand import GUEST, SHOW, mp3


def files_in(site: Path) -> dict[str, bytes]:
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }


def mentioned(site: Path) -> set[str]:
    """Every place below feed/ that the feed sends readers to."""
    tree = etree.parse(site / "feed.xml")
    addresses = [str(address) for address in tree.xpath("//@url | //@href")]
    addresses += [link.text for link in tree.iterfind("channel/item/link")]
    places = {address.removeprefix(SHOW.base_url) for address in addresses}
    return places - {"", "feed.xml"}


def test_a_site_is_all_that_listeners_need(shelf: Shelf, site: Path) -> None:
    episode = shelf.episode()
    changed = shelf.write(site, episode)
    media = {f"media/{file.name}" for file in episode.files.values()}
    assert media <= set(changed)
    assert set(files_in(site)) == {*changed}
    assert set(read_site_record(site).files) == {*changed}
    assert mentioned(site) <= set(changed)
    audio = site / "media" / episode.files["audio"].name
    assert audio.read_bytes() == AUDIO


def test_media_come_first_then_pages_and_the_feed_last(
    shelf: Shelf, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = shelf.episode(), shelf.episode("sau", day=1)
    shelf.write(site, first)
    placed: list[str] = []
    rename = Path.replace

    def replace_and_look(file: Path, target: Path) -> Path:
        done = rename(file, target)
        if target == site_record_file(site):
            return done
        place = target.relative_to(site).as_posix()
        placed.append(place)
        # Whatever the moment, the feed that can be read leads only to what is there.
        missing = {each for each in mentioned(site) if not (site / each).is_file()}
        assert not missing, f"after {place}"
        return done

    monkeypatch.setattr(Path, "replace", replace_and_look)
    shelf.write(site, second, withdrawn(first))
    kinds = [place.split("/")[0] for place in placed]
    media = len(second.files)
    assert kinds == [*["media"] * media, *["episodes"] * 2, "index.html", "feed.xml"]


@pytest.mark.parametrize("stops_at", ["media", "episodes", "index.html", "feed.xml"])
def test_a_write_that_stops_anywhere_leaves_the_old_feed_whole_and_is_finished_by_the_next(
    shelf: Shelf, site: Path, monkeypatch: pytest.MonkeyPatch, stops_at: str
) -> None:
    first, second = shelf.episode(), shelf.episode("sau", day=1)
    shelf.write(site, first)
    before = (site / "feed.xml").read_bytes()
    rename = Path.replace

    def stop(file: Path, target: Path) -> Path:
        if stops_at in target.parts:
            raise OSError(28, "No space left on device", str(target))
        return rename(file, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", stop)
        with pytest.raises(OutsideError, match="no room left") as raised:
            shelf.write(site, second, withdrawn(first))
    assert raised.value.hint
    assert (site / "feed.xml").read_bytes() == before
    assert all((site / each).is_file() for each in mentioned(site))
    assert not list(site.rglob(".unfinished*"))

    shelf.write(site, second, withdrawn(first))
    fresh = site.with_name("fresh")
    shelf.write(fresh, second, withdrawn(first))
    assert files_in(site) == files_in(fresh)


def test_what_a_killed_write_left_is_cleared_away(shelf: Shelf, site: Path) -> None:
    shelf.write(site, shelf.episode())
    left = site / ".unfinished" / "0"
    left.parent.mkdir()
    left.write_bytes(b"half")
    shelf.write(site, shelf.episode())
    assert not left.parent.exists()


def test_what_version_0_1_0_left_unfinished_is_cleared_away(shelf: Shelf, site: Path) -> None:
    shelf.write(site, shelf.episode())
    site_record_file(site).write_text('{"files": []}', "utf-8")
    left = site / "media" / f".unfinished-{'0' * 32}"
    left.write_bytes(b"half")
    shelf.write(site, shelf.episode())
    assert not left.exists()


def test_changed_audio_comes_under_another_name_and_the_old_goes(shelf: Shelf, site: Path) -> None:
    old, new = shelf.episode(), shelf.episode(audio=mp3(0.7))
    shelf.write(site, old)
    changed = shelf.write(site, new)
    old_audio, new_audio = (f"media/{each.files['audio'].name}" for each in (old, new))
    assert old_audio != new_audio
    assert {old_audio, new_audio, "feed.xml", "episodes/nam-moi.html"} <= set(changed)
    assert not (site / old_audio).exists()
    # Guid and page stay, so that programs know it for the same episode.
    assert f'<guid isPermaLink="false">{old.guid}</guid>' in (site / "feed.xml").read_text("utf-8")


def test_of_a_withdrawn_episode_a_tombstone_is_left_and_it_can_come_back(
    shelf: Shelf, site: Path
) -> None:
    episode, other = shelf.episode(), shelf.episode("sau", day=1)
    shelf.write(site, episode, other)
    whole = files_in(site)
    shelf.write(site, withdrawn(episode), other)
    left = files_in(site)
    assert [place for place in left if "nam-moi" in place] == ["episodes/nam-moi.html"]
    tombstone = left.pop("episodes/nam-moi.html").decode()
    assert "Chương trình này đã được gỡ" in tombstone
    assert "6 tháng 2" in tombstone.replace("06", "6")
    for word in (episode.title, GUEST, ".mp3", "cầu cảng"):
        assert word not in tombstone
    assert all(b"nam-moi" not in data for data in left.values())
    assert f"episodes/{other.name}.html" in left
    shelf.write(site, episode, other)
    assert files_in(site) == whole


def test_withdrawing_needs_no_media(shelf: Shelf, site: Path) -> None:
    episode = withdrawn(shelf.episode())
    shutil.rmtree(shelf.folder)
    shelf.write(site, episode)
    assert "media" not in {place.split("/")[0] for place in files_in(site)}


@pytest.mark.parametrize(
    "place", ["CNAME", ".nojekyll", "media/jingle.mp3", "episodes/old.html", "assets/logo.png"]
)
def test_files_that_are_not_ours_are_never_touched(shelf: Shelf, site: Path, place: str) -> None:
    own = site / place
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_bytes(b"the station's own")
    written = own.stat().st_mtime_ns
    shelf.write(site, shelf.episode())
    shelf.write(site, withdrawn(shelf.episode()))
    assert own.read_bytes() == b"the station's own"
    assert own.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "record", ["", "{", "[]", '{"files": 7}', '{"files": ["../outside.txt", "/outside.txt", 3]}']
)
def test_a_damaged_record_removes_nothing_outside(shelf: Shelf, site: Path, record: str) -> None:
    outside = site.parent / "outside.txt"
    outside.write_text("mine", "utf-8")
    site.mkdir()
    (site / OLDER_RECORD).write_text(record, "utf-8")
    site_record_file(site).write_text(record, "utf-8")
    shelf.write(site, shelf.episode())
    assert outside.exists()
    assert (site / "feed.xml").is_file()


def test_a_second_write_touches_no_file(shelf: Shelf, site: Path) -> None:
    episodes = [shelf.episode(f"so-{day}", day=day) for day in range(3)]
    shelf.write(site, *episodes)
    before = {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in site.rglob("*")}
    assert shelf.write(site, *reversed(episodes), built=MORNING.replace(year=2027)) == ()
    after = {file: (file.stat().st_mtime_ns, file.stat().st_ino) for file in site.rglob("*")}
    assert after == before


def test_a_site_made_again_is_the_same_site(shelf: Shelf, site: Path) -> None:
    shelf.write(site, shelf.episode())
    first = files_in(site)
    shutil.rmtree(site)
    shelf.write(site, shelf.episode())
    assert files_in(site) == first


def test_a_file_lost_or_broken_in_the_site_is_put_back(shelf: Shelf, site: Path) -> None:
    episode = shelf.episode()
    shelf.write(site, episode)
    whole = files_in(site)
    (site / "media" / episode.files["audio"].name).write_bytes(AUDIO[:-1])
    (site / "index.html").unlink()
    (site / "feed.xml").write_text("<rss/>", "utf-8")
    shelf.write(site, episode)
    assert files_in(site) == whole


@pytest.mark.parametrize(("data", "told"), [(None, "is missing"), (b"other", "was changed")])
def test_a_published_file_that_is_not_as_it_was_stops_everything(
    shelf: Shelf, site: Path, data: bytes | None, told: str
) -> None:
    episode = shelf.episode()
    file = shelf.of(episode.name) / episode.files["audio"].name
    file.unlink() if data is None else file.write_bytes(data)
    with pytest.raises(BroadcastError, match=told) as raised:
        shelf.write(site, episode)
    assert raised.value.file == file
    assert not site.exists()


def test_a_full_disk_is_told_with_the_place_that_had_no_room(
    shelf: Shelf, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, place: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(source), None, str(place))

    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(OutsideError, match="no room left") as raised:
        shelf.write(site, shelf.episode())
    assert raised.value.file == site
    assert not site.exists()


def test_a_new_cover_comes_under_a_new_name(shelf: Shelf, site: Path, tmp_path: Path) -> None:
    shelf.write(site, shelf.episode())
    (standing,) = site.glob("assets/cover-*")
    cover = tmp_path / "cover.jpg"
    cover.write_bytes(b"\xff\xd8\xff" + b"0" * 100)
    shelf.write(site, shelf.episode(), show=replace(SHOW, cover=cover))
    (own,) = site.glob("assets/cover-*")
    assert own.suffix == ".jpg"
    assert not standing.exists()


@pytest.mark.parametrize(
    ("data", "told"), [(None, "cannot be read"), (b"GIF89a", "neither a JPEG nor a PNG")]
)
def test_a_cover_that_cannot_be_used_is_named(
    shelf: Shelf, site: Path, tmp_path: Path, data: bytes | None, told: str
) -> None:
    cover = tmp_path / "cover.jpg"
    if data is not None:
        cover.write_bytes(data)
    with pytest.raises(BroadcastError, match=told) as raised:
        shelf.write(site, shelf.episode(), show=replace(SHOW, cover=cover))
    assert raised.value.file == cover
    assert not site.exists()


def test_the_page_says_who_speaks_and_marks_synthetic_voices(shelf: Shelf, site: Path) -> None:
    shelf.write(site, shelf.episode())
    page = html.parse(site / "episodes" / "nam-moi.html", html.HTMLParser(encoding="utf-8"))
    turns = [
        (
            turn.find(".//h3").text,
            "synthetic" in turn.get("class").split(),
            [(line.get("data-start"), line.text) for line in turn.find_class("line")],
        )
        for turn in page.xpath("//div[contains(@class, 'turn')]")
    ]
    assert turns == [
        (
            "Phát thanh viên",
            True,
            [("0", "Nhân dịp năm mới, mời quý vị nghe cuộc phỏng vấn sau đây.")],
        ),
        (
            "Phóng viên",
            False,
            [
                (
                    "3.6",
                    (
                        "Thưa bà, năm 2025 phường Mũi Sò đã làm được những gì cho bà con ngư dân "
                        "trong mùa biển động vừa qua, và còn lo gì?"
                    ),
                )
            ],
        ),
        (GUEST, True, [("7", "Sửa cầu cảng A & B, 3 < 5 tháng.")]),
    ]
    assert page.xpath("//p[@class='notice']")


def test_the_transcript_can_be_taken_away_with_times_and_without(shelf: Shelf, site: Path) -> None:
    shelf.write(site, shelf.episode())
    page = html.parse(str(site / "episodes" / "nam-moi.html"))
    links = page.xpath("//section[@class='downloads']//a")
    assert [link.get("download").split("-")[-1].split(".", 1)[1] for link in links] == [
        "mp3",
        "vtt",
        "srt",
        "transcript.txt",
    ]
    assert all((site / "episodes" / link.get("href")).is_file() for link in links)


def test_the_disclosure_is_said_once_on_the_page_and_before_the_words(
    shelf: Shelf, site: Path
) -> None:
    said = f"Giọng đọc tổng hợp: lời của {GUEST} (lượt 2)."
    episode = shelf.episode()
    shelf.write(
        site,
        changed(episode, description=f"{episode.description}\n\n{said}", disclosure=said),
    )
    page = html.parse(site / "episodes" / "nam-moi.html", html.HTMLParser(encoding="utf-8"))
    assert [each.text for each in page.xpath("//p")].count(said) == 1
    assert [each.text for each in page.xpath("//p[@class='notice']")] == [said]


def test_pages_need_nothing_from_elsewhere(shelf: Shelf, site: Path) -> None:
    shelf.write(site, shelf.episode())
    for place in ("index.html", "episodes/nam-moi.html"):
        page = html.parse(site / place, html.HTMLParser(encoding="utf-8"))
        loaded = page.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert len(loaded) >= 4
        for address in loaded:
            assert ((site / place).parent / address).resolve().is_file(), address
        links = [link for link in page.xpath("//a/@href") if not link.startswith(("#", "podcast:"))]
        assert len(links) >= 2
        for address in links:
            assert ((site / place).parent / address.split("#")[0]).resolve().is_file(), address
    style = next(site.glob("assets/style-*.css")).read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize(
    ("show", "episode", "index_words", "episode_words"),
    [
        ("vi", "vi", ("vi", "Đăng ký nghe"), ("vi", "Chương trình có giọng đọc tổng hợp")),
        ("vi", "en-GB", ("vi", "Đăng ký nghe"), ("en", "This episode has computer-generated")),
        ("vi", "cjm", ("vi", "Đăng ký nghe"), ("vi", "Chương trình có giọng đọc tổng hợp")),
        ("fr", "fr", ("en", "Subscribe"), ("en", "This episode has computer-generated")),
    ],
)
def test_pages_speak_their_listeners_language_and_name_each(
    shelf: Shelf,
    site: Path,
    show: str,
    episode: str,
    index_words: tuple[str, str],
    episode_words: tuple[str, str],
) -> None:
    written = changed(shelf.episode(), language=episode)
    shelf.write(site, written, show=replace(SHOW, language=show))
    places = {"index.html": index_words, "episodes/nam-moi.html": episode_words}
    for place, (language, said) in places.items():
        page = html.parse(site / place, html.HTMLParser(encoding="utf-8"))
        assert page.getroot().get("lang") == language
        assert said in "".join(page.getroot().itertext())
    assert page.xpath("//h1/@lang") == [episode]


@pytest.mark.parametrize("title", ["</title><script>alert(1)</script>", "A & B \x00 <b> ]]> 🐟"])
def test_no_title_can_break_a_page(shelf: Shelf, site: Path, title: str) -> None:
    shelf.write(site, changed(shelf.episode(), title=title, description=title))
    for place, heading in (("index.html", "h3"), ("episodes/nam-moi.html", "h1")):
        page = html.parse(site / place, html.HTMLParser(encoding="utf-8"))
        (shown,) = page.xpath(f"//main//{heading}[not(ancestor::*[@class='transcript'])]")
        assert "".join(shown.itertext()) == title.replace("\x00", "")
        for script in page.iter("script"):
            assert script.get("src") or json.loads(script.text)["name"] == title


@pytest.mark.parametrize("about", ["Năm mới ở Mũi Sò", "NĂM MỚI Ở MŨI SÒ.", " Năm mới\nở Mũi Sò "])
@pytest.mark.parametrize("disclosure", ["", "Giọng đọc tổng hợp: lời của bà Hạnh."])
def test_a_description_that_only_says_the_title_is_not_shown_beside_it(
    shelf: Shelf, site: Path, about: str, disclosure: str
) -> None:
    said = f"{about}\n\n{disclosure}" if disclosure else about
    episode = changed(shelf.episode(), description=said, disclosure=disclosure)
    show = replace(SHOW, description=SHOW.title.upper())
    shelf.write(site, episode, show=show)
    for place, title in (("episodes/nam-moi.html", episode.title), ("index.html", episode.title)):
        main = html.parse(site / place, html.HTMLParser(encoding="utf-8")).find(".//main")
        shown = " ".join("".join(main.itertext()).split()).casefold()
        assert shown.count(title.casefold()) == 1
        assert shown.count(SHOW.title.casefold()) == 1
        assert not [each for each in main.iter("section", "p") if not len(each) and not each.text]
    item = etree.parse(site / "feed.xml").find("channel/item")
    assert item.findtext("description").startswith("Năm mới")  # directories want some


def test_a_page_tells_search_engines_and_programs_about_its_episode(
    shelf: Shelf, site: Path
) -> None:
    episode = shelf.episode()
    shelf.write(site, episode)
    page = html.parse(site / "episodes" / "nam-moi.html", html.HTMLParser(encoding="utf-8"))
    address = f"{SHOW.base_url}episodes/nam-moi.html"
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    assert page.xpath("//link[@type='application/rss+xml']/@href") == [SHOW.base_url + "feed.xml"]
    assert page.xpath("//meta[@property='og:url']/@content") == [address]
    (facts,) = page.xpath("//script[@type='application/ld+json']")
    read = json.loads(facts.text)
    assert (read["@type"], read["name"]) == ("PodcastEpisode", episode.title)
    assert read["associatedMedia"]["contentSize"] == str(episode.files["audio"].length)


def test_a_page_leads_to_its_neighbours_and_tells_what_they_are_called_now(
    shelf: Shelf, site: Path
) -> None:
    episodes = [shelf.episode(f"so-{day}", f"Số {day}", day=day) for day in range(3)]
    shelf.write(site, *episodes)
    page = html.parse(site / "episodes" / "so-1.html", html.HTMLParser(encoding="utf-8"))
    links = {link.get("rel"): link for link in page.xpath("//nav[@class='beside']//a")}
    assert {rel: (link.get("href"), link.text) for rel, link in links.items()} == {
        "prev": ("so-0.html", "Số 0"),
        "next": ("so-2.html", "Số 2"),
    }
    written = shelf.write(site, changed(episodes[0], title="Số đầu"), *episodes[1:])
    assert "episodes/so-1.html" in written
    assert "episodes/so-2.html" not in written


def test_the_show_s_other_houses_are_linked_where_they_are_set() -> None:
    look = look_of("cover.jpg", FeedSettings(spotify="https://open.spotify.com/show/x").elsewhere)
    page = html.fromstring(index_page(SHOW, [], [], look))
    links = page.xpath("//p[contains(@class, 'elsewhere')]/a")
    assert [(link.text, link.get("href")) for link in links] == [
        ("Spotify", "https://open.spotify.com/show/x")
    ]


def test_a_page_left_at_an_old_address_may_load_from_the_new_one_alone() -> None:
    look = look_of("assets/cover.jpg")
    page = html.fromstring(page_left_behind(SHOW, look, "index.html", None))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "style-src http://127.0.0.1:8000;" in policy
    assert "'self'" not in policy
