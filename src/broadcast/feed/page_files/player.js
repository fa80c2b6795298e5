// Moves the player from chapters and sentences, follows what is heard, keeps where one was, searches,
// and passes addresses on. Without it the page is whole: links, the browser's own player, text.
"use strict";

const $ = (id) => document.getElementById(id);
const all = (selector) => [...document.querySelectorAll(selector)];
const show = (...elements) => { for (const one of elements) if (one) one.hidden = false; };
const clock = (seconds) => {
  const [s, m, h] = [seconds % 60, seconds / 60 % 60, seconds / 3600].map(Math.floor);
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
};

// What the browser keeps; one that keeps nothing does without.
const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* it is full or closed */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* closed */ } },
};

// --- addresses to copy

const copied = async (button, text, field) => {
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch { // pages that are not on https have no clipboard
    const box = field ?? document.body.appendChild(document.createElement("textarea"));
    if (!field) box.value = text;
    box.select();
    document.execCommand("copy");
    if (!field) box.remove();
  }
  if (button.dataset.done === words) return;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = words; }, 2000);
};
for (const button of all("[data-copy]")) {
  const field = $(button.dataset.copy);
  show(button);
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => {
    field.select();
    copied(button, field.value, field);
  });
}

// --- every player: one is heard at a time, and data is spared where the listener asks for it

document.addEventListener("play", (event) => { // "play" does not bubble, hence true
  for (const other of all("audio")) if (other !== event.target) other.pause();
}, true);
const spares = navigator.connection?.saveData === true;
for (const audio of all("audio[data-small]")) {
  if (!spares || !audio.canPlayType(audio.dataset.smallType)) continue;
  audio.dataset.full = audio.getAttribute("src");
  audio.src = audio.dataset.small;
}

const player = $("player");
if (player) {
  const here = location.pathname;
  const AT = `listened:${here}`, SPEED = "listening-speed";
  document.documentElement.classList.add("live");
  show(...all(".hint, .controls, .search"), $("copy-moment"), $("print"));
  if (!spares) player.preload = "metadata";

  // --- what is heard

  const marked = (selector) => {
    const places = all(selector);
    return { places, starts: places.map((place) => Number(place.dataset.start)), now: null };
  };
  const chapters = marked(".chapters [data-start]");
  // Guessed times are not shown sentence by sentence, but for the stretch that they lie in.
  const spoken = marked("[data-timing], .turn p > .line");
  let following = true;
  let wanted; // where to go on, until the file is known well enough

  const heardAt = () => wanted ?? player.currentTime;
  const mark = () => {
    const at = heardAt();
    for (const list of [chapters, spoken]) {
      // The last place that has begun: between two sentences the one just heard stays marked.
      const after = list.starts.findIndex((start) => start > at);
      const place = at > 0 ? list.places[(after < 0 ? list.places.length : after) - 1] : undefined;
      if (place === list.now) continue;
      list.now?.removeAttribute("aria-current");
      place?.setAttribute("aria-current", "true");
      list.now = place;
      if (list === chapters) announce();
      else if (following && !player.paused) bring();
    }
  };

  // --- following: the page goes along until its reader scrolls away

  const button = $("here");
  const bar = document.querySelector(".player");
  let ours = 0; // until then the page scrolls because we asked it to
  const seen = (place) => {
    const box = place.getBoundingClientRect();
    return box.bottom > bar.getBoundingClientRect().bottom && box.top < innerHeight;
  };
  const bring = () => {
    const place = spoken.now;
    if (!place) return;
    const box = place.getBoundingClientRect();
    const top = bar.getBoundingClientRect().bottom;
    if (box.top >= top && box.bottom <= innerHeight * 0.85) return;
    ours = performance.now() + 1000;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // A third of what is free above it, so that its reader sees what comes next.
    const lift = Math.min((innerHeight - top) / 3, 200);
    scrollBy({ top: box.top - top - lift, behavior: calm ? "instant" : "smooth" });
  };
  const follow = (yes) => {
    following = yes;
    button.hidden = yes || !spoken.now;
  };
  addEventListener("scrollend", () => { ours = 0; });
  addEventListener("scroll", () => {
    if (performance.now() < ours || !spoken.now) return;
    follow(seen(spoken.now));
  }, { passive: true });
  for (const kind of ["wheel", "touchmove"]) {
    addEventListener(kind, () => { ours = 0; }, { passive: true });
  }
  button.addEventListener("click", () => {
    follow(true);
    bring();
    const line = spoken.now?.querySelector(".line") ?? spoken.now;
    if (line) reach(line, true);
  });

  // --- going to a moment

  const seek = (seconds) => {
    // Slightly inside, so that rounding never lands in the sentence before.
    const to = Math.max(0, seconds) + 0.02;
    wanted = player.readyState ? undefined : to;
    if (player.readyState) player.currentTime = to;
    else if (player.preload === "none") player.preload = "metadata";
    mark();
  };
  const by = (seconds) => {
    const to = heardAt() + seconds;
    seek(Math.min(to, (player.duration || Infinity) - 0.5));
  };
  const play = (seconds) => {
    follow(true);
    seek(seconds);
    bring();
    player.play().catch(() => {}); // the browser may want the listener's own press on play
  };
  player.addEventListener("loadedmetadata", () => {
    if (wanted !== undefined) player.currentTime = wanted;
    wanted = undefined;
    player.playbackRate = Number(speed.value);
    mark();
  });
  player.addEventListener("timeupdate", mark);
  player.addEventListener("seeked", mark);
  player.addEventListener("play", () => { if (following) bring(); });

  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-start]");
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (place.tagName !== "A" && String(getSelection()).length > 0) return;
    event.preventDefault();
    if (place.classList.contains("line")) reach(place, false);
    play(Number(place.dataset.start));
  });

  // --- sentences by keys: one stop on the way, arrows from there

  const lines = all(".line");
  let stop = lines[0];
  const reach = (line, focus) => {
    stop?.removeAttribute("tabindex");
    stop?.removeAttribute("aria-describedby");
    stop = line;
    if (!stop) return;
    stop.tabIndex = 0;
    stop.setAttribute("aria-describedby", "hint");
    if (focus) stop.focus({ preventScroll: focus === true });
  };
  reach(stop, false);
  document.addEventListener("keydown", (event) => {
    const line = event.target.closest(".line");
    if (!line || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (event.key === "Enter" || event.key === " ") play(Number(line.dataset.start));
    else if (event.key in steps) {
      const next = lines[lines.indexOf(line) + steps[event.key]];
      if (next) reach(next, "seen");
    } else return;
    event.preventDefault();
  });

  // --- back, on, speed

  for (const one of all("[data-by]")) {
    one.addEventListener("click", () => by(Number(one.dataset.by)));
  }
  const speed = $("speed");
  const kept = store.get(SPEED);
  if ([...speed.options].some((one) => one.value === kept)) speed.value = kept;
  const pace = () => { player.playbackRate = player.defaultPlaybackRate = Number(speed.value); };
  speed.addEventListener("change", () => {
    pace();
    store.set(SPEED, speed.value);
  });
  pace();

  // --- what the system shows, and its keys

  const session = navigator.mediaSession;
  const announce = () => {
    if (!session || !window.MediaMetadata) return;
    const { title, show: artist, picture } = player.dataset;
    const album = chapters.now?.lastElementChild.textContent ?? "";
    const artwork = [{ src: new URL(picture, location.href).href }];
    session.metadata = new MediaMetadata({ title, artist, album, artwork });
  };
  const place = () => {
    const duration = player.duration;
    if (!Number.isFinite(duration)) return;
    session?.setPositionState?.({
      duration, playbackRate: player.playbackRate, position: Math.min(player.currentTime, duration),
    });
  };
  const chapter = (step) => {
    const to = chapters.places[chapters.places.indexOf(chapters.now) + step];
    if (to) play(Number(to.dataset.start));
  };
  const handlers = {
    play: () => player.play(),
    pause: () => player.pause(),
    seekbackward: (asked) => by(-(asked?.seekOffset || 15)),
    seekforward: (asked) => by(asked?.seekOffset || 15),
    seekto: (asked) => seek(asked.seekTime),
    ...(chapters.places.length > 1
      ? { previoustrack: () => chapter(-1), nexttrack: () => chapter(1) }
      : {}),
  };
  for (const [action, handler] of Object.entries(handlers)) {
    try { session?.setActionHandler(action, handler); } catch { /* not every system has each */ }
  }
  player.addEventListener("play", announce);
  for (const kind of ["loadedmetadata", "seeked", "ratechange", "play"]) {
    player.addEventListener(kind, place);
  }

  // --- where one was

  const line = document.querySelector(".kept");
  const told = line.firstElementChild;
  let keeps = true, noted = 0;
  const note = () => {
    const at = player.currentTime;
    if (!keeps || !player.readyState || at < 5) return;
    if (player.ended || player.duration - at < 5) store.drop(AT);
    else store.set(AT, at.toFixed(1));
    noted = at;
  };
  player.addEventListener("timeupdate", () => {
    if (Math.abs(player.currentTime - noted) > 5) note();
  });
  for (const kind of ["pause", "ended"]) player.addEventListener(kind, note);
  addEventListener("pagehide", note);
  const tell = (at) => {
    told.textContent = told.dataset.told.replace("{clock}", clock(at));
    show(line, $("forget"));
  };
  player.addEventListener("pause", () => { if (store.get(AT)) tell(Number(store.get(AT))); });
  $("forget").addEventListener("click", () => {
    keeps = false; // until the page is opened anew
    store.drop(AT);
    store.drop(SPEED);
    told.textContent = told.dataset.after;
    told.tabIndex = -1;
    told.focus();
    $("forget").hidden = true;
  });

  const linked = () => {
    const moment = location.hash.match(/^#t=(\d+(?:\.\d+)?)$/);
    if (!moment) return false;
    follow(true);
    seek(Number(moment[1]));
    bring();
    return true;
  };
  addEventListener("hashchange", linked);
  if (!linked()) {
    const at = Number(store.get(AT));
    if (at > 0) {
      seek(at);
      tell(at);
    }
  }

  // --- the small copy, and the full one if it is asked for

  if (player.dataset.full) show(document.querySelector(".light"));
  $("full")?.addEventListener("click", () => {
    const at = heardAt(), playing = !player.paused;
    player.src = player.dataset.full;
    document.querySelector(".light").hidden = true;
    player.load();
    if (at > 0) seek(at);
    if (playing) player.play().catch(() => {});
    player.focus();
  });

  // --- passing it on

  const page = () => location.href.split("#")[0];
  const moment = () => {
    const at = Math.floor(heardAt());
    return at > 0 ? `${page()}#t=${at}` : page();
  };
  $("copy-moment").setAttribute("aria-live", "polite");
  $("copy-moment").addEventListener("click", (event) => copied(event.currentTarget, moment()));
  if (navigator.share) {
    show($("send"));
    $("send").addEventListener("click", () => {
      navigator.share({ title: $("send").dataset.title, url: moment() }).catch(() => {});
    });
  }
  $("print")?.addEventListener("click", () => print());

  // --- search: marks are taken out again as they came; signs count only where they are typed

  const plain = (text) => [...text].map((sign) => {
    const bare = sign.normalize("NFD")[0].toLowerCase();
    return (bare === "đ" ? "d" : bare).padEnd(sign.length).slice(0, sign.length);
  }).join("");
  const small = (text) => [...text].map((sign) => {
    const low = sign.toLowerCase();
    return low.length === sign.length ? low : sign;
  }).join("");
  const search = $("search"), found = $("found");
  const texts = lines.map((one) => one.textContent.normalize("NFC"));
  let hits = [], hit = -1;
  const clear = () => {
    for (const one of new Set(hits.map((mark) => mark.parentNode))) {
      one.textContent = texts[lines.indexOf(one)];
    }
    hits = [];
    hit = -1;
  };
  const look = () => {
    clear();
    const asked = small(search.value.normalize("NFC").trim());
    const bare = asked === plain(asked) ? plain : small;
    lines.forEach((one, n) => {
      const text = bare(texts[n]);
      let at = asked ? text.indexOf(asked) : -1;
      if (at < 0) return;
      const parts = [];
      let after = 0;
      for (; at >= 0; at = text.indexOf(asked, after)) {
        const mark = document.createElement("mark");
        mark.textContent = texts[n].slice(at, at + asked.length);
        parts.push(texts[n].slice(after, at), mark);
        hits.push(mark);
        after = at + asked.length;
      }
      one.replaceChildren(...parts, texts[n].slice(after));
    });
    if (hits.length) step(1);
    else found.textContent = asked ? found.dataset.none : "";
    $("previous-found").disabled = $("next-found").disabled = !hits.length;
  };
  const step = (by) => {
    hits[hit]?.classList.remove("now");
    hit = (hit + by + hits.length) % hits.length;
    hits[hit].classList.add("now");
    ours = 0;
    scrollTo({ top: scrollY, behavior: "instant" }); // the reader's wish ends a move under way
    hits[hit].scrollIntoView({ block: "center", behavior: "instant" });
    if (spoken.now) follow(seen(spoken.now));
    found.textContent =
      found.dataset.found.replace("{n}", hit + 1).replace("{all}", hits.length);
  };
  search?.addEventListener("input", look);
  search?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && hits.length) step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && search.value) { search.value = ""; look(); }
    else return;
    event.preventDefault();
  });
  $("previous-found")?.addEventListener("click", () => step(-1));
  $("next-found")?.addEventListener("click", () => step(1));
}
