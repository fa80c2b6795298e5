// The hear screen: a turn is opened, heard in all its takes, and what is decided is built at once.
import { all, change, element, follow, lettersWork, one, say, typing, walk } from "./asking.js";
import { fresh as freshDeck, hearOther, hearPart, note, turnHeard } from "./deck.js";
import { dropped, moment, seconds, send } from "./sending.js";
import { bringAll, watchWaiting } from "./waiting.js";

const screen = () => one("#screen");
const address = (what) => `/programmes/${encodeURIComponent(screen().dataset.name)}/${what}`;
const turnOf = (place) => place.closest(".turn");

// 1. One turn is in hand: the one that has the focus, else the one that is heard.
let chosen = null;
const choose = (turn) => {
  for (const each of all(".turn.now")) each.classList.remove("now");
  turn?.classList.add("now");
  chosen = turn?.id ?? null;
};
const inHand = () => turnOf(document.activeElement) ?? (chosen ? one(`#${CSS.escape(chosen)}`) : null) ?? turnHeard();
document.addEventListener("focusin", (event) => { if (turnOf(event.target)) choose(turnOf(event.target)); });

// 2. A turn's takes come when it is opened.
const open = async (turn, yes = true) => {
  const place = one(".takes", turn);
  one("[data-open]", turn).setAttribute("aria-expanded", yes);
  place.hidden = !yes;
  if (!yes) { place.replaceChildren(); return; }
  const answer = await fetch(address(`turns/${encodeURIComponent(turn.dataset.place)}`)).catch(() => null);
  if (!answer?.ok || place.hidden) return;
  place.replaceChildren(element(await answer.text()));
  for (const wave of all(".wave", place)) tellPoints(wave);
  // What a click shall let hear at once is made ready; a voice that must be asked for words is not.
  for (const ready of all("[data-warm]", place)) fetch(ready.dataset.listen, { method: "HEAD" }).catch(() => {});
};

// 3. Trim points: native sliders, told in seconds that are cut off, or as moments of a long file.
const point = (wave, which) => one(`[data-point=${which}]`, wave);
const tellPoints = (wave) => {
  const { from, to, total } = wave.dataset, whole = Number(from) === 0 && to === total;
  for (const which of ["in", "out"]) {
    const handle = point(wave, which), ms = Number(handle.value);
    const told = whole ? seconds(which === "in" ? ms : total - ms) : `${screen().dataset.at} ${moment(ms)}`;
    handle.setAttribute("aria-valuetext", told);
    one(`[data-told=${which}]`, wave.parentNode).textContent = told;
  }
  const share = (ms) => `${(100 * (ms - from)) / Math.max(1, to - from)}%`;
  one("[data-off=in]", wave).setAttribute("width", share(point(wave, "in").value));
  one("[data-off=out]", wave).setAttribute("x", share(point(wave, "out").value));
};
document.addEventListener("input", (event) => {
  const wave = event.target.closest(".wave");
  if (!wave) return;
  const [start, end] = [point(wave, "in"), point(wave, "out")];
  if (event.target === start) start.value = Math.min(start.value, start.dataset.last, end.value - 100);
  else end.value = Math.max(end.value, end.dataset.first, Number(start.value) + 100);
  one("[data-trim]", wave.parentNode).hidden = start.value === start.defaultValue && end.value === end.defaultValue;
  tellPoints(wave);
});
const PIECE_MS = 3000;
const hearPiece = (button) => {
  const take = button.closest(".take"), wave = one(".wave", take), isIn = button.dataset.piece === "in";
  const at = Number(point(wave, isIn ? "in" : "out").value);
  const [from, to] = isIn ? [at, at + PIECE_MS] : [Math.max(0, at - PIECE_MS), at];
  hearOther(button, address(`turns/${encodeURIComponent(turnOf(button).dataset.place)}/piece/${take.dataset.take}?from=${from}&to=${to}`));
};

// 4. A decision goes to the studio; what is wrong is told where it was made.
const wrong = (turn, words, force) => {
  const place = turn ? one("[data-wrong]", turn) : one("#wrong");
  place.hidden = !words;
  one("p", place).textContent = words;
  const button = one("[data-force]", place);
  if (!button) return;
  button.hidden = !force;
  button.onclick = force ?? null;
};
let atWork = false;
const decide = async (turn, what, fields) => {
  if (atWork) return;
  atWork = true;
  wrong(turn, "");
  try {
    await change(address(`takes/${what}`), JSON.stringify({ turn: turn.dataset.turn, ...fields }));
    watch();
  } catch (error) {
    wrong(turn, error.message, what === "trim" && error.status === 422 ? () => decide(turn, what, { ...fields, force: "yes" }) : undefined);
  } finally {
    atWork = false;
  }
};
const trim = (take) => {
  const wave = one(".wave", take), [start, end] = [point(wave, "in"), point(wave, "out")];
  // A point that was not moved stays what it was: where speech is heard, or where somebody set it.
  decide(turnOf(take), "trim", {
    take: take.dataset.take, in: start.value, out: String(end.value - wave.dataset.beforeLast),
  });
};
const drop = async (turn, file, force = "") => {
  wrong(turn, "");
  const place = one("[data-sending]", turn), bar = one("progress", place), words = one("span", place);
  place.hidden = false;
  words.textContent = screen().dataset.sending;
  const told = (share) => {
    bar.value = share;
    if (share === 1) { bar.removeAttribute("value"); words.textContent = screen().dataset.checking; }
  };
  try {
    const query = `?turn=${encodeURIComponent(turn.dataset.turn)}&file=${encodeURIComponent(file.name)}${force}`;
    await send(address(`takes/drop${query}`), file, told);
    watch();
  } catch (error) {
    wrong(turn, error.message, error.given?.can_be_forced ? () => drop(turn, file, "&force=yes") : undefined);
  } finally {
    place.hidden = true;
  }
};

// 5. Files are dropped on a turn, or on all else; choosing them does the same.
document.addEventListener("change", (event) => {
  const target = event.target;
  if (!target.files?.length) return;
  const files = [...target.files];
  if ("drop" in target.dataset) drop(turnOf(target), files[0]);
  else bringAll(files);
  target.value = "";
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, async (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const turn = event.target.closest?.(".turn"), place = turn ?? one("#bring");
    for (const each of all(".over")) each.classList.remove("over");
    if (kind === "dragover") place.classList.add("over");
    if (kind !== "drop") return;
    const files = await dropped(event.dataTransfer);
    if (!files.length) return;
    if (turn && files.length === 1) drop(turn, files[0]); else bringAll(files);
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) {
    if (turnOf(event.target)) choose(turnOf(event.target));
    return;
  }
  const { dataset } = button, turn = turnOf(button);
  if ("open" in dataset) open(turn, button.ariaExpanded !== "true");
  if ("hear" in dataset) hearPart(button);
  if ("listen" in dataset) hearOther(button, dataset.listen);
  if ("piece" in dataset) hearPiece(button);
  if ("use" in dataset) decide(turn, "use", { take: dataset.use });
  if ("confirm" in dataset) decide(turn, "confirm", {});
  if ("trim" in dataset) trim(button.closest(".take"));
  if ("untrim" in dataset) decide(turn, "trim", { take: button.closest(".take").dataset.take });
  if (button.id === "deck-mark" && turnHeard()) note([turnHeard()]);
  if (button.id === "build") build();
  if (button.id === "stop") change(address("stop"), "{}").catch((error) => wrong(null, error.message));
});

// 6. The screen as the studio has it now; what is open stays open, and the focus where it was.
const FOCUSED = "a, button, input, select, [tabindex]";
const focusNow = () => {
  const here = document.activeElement, home = here?.closest("[id]");
  if (!home || home === document.body || !screen().contains(here)) return () => {};
  const within = here === home ? null : [...home.querySelectorAll(FOCUSED)].indexOf(here);
  const turn = turnOf(here)?.id;
  return () => {
    // What was pressed may be gone, for it is done: then what it was in, at last the turn.
    const again = document.getElementById(home.id);
    const places = [within === null ? null : again?.querySelectorAll(FOCUSED)[within], again, turn && document.getElementById(turn)];
    for (const place of places) {
      place?.focus({ preventScroll: true });
      if (place && document.activeElement === place) return;
    }
  };
};
/** Move a take's points to where they were in the screen before, not cut there yet. */
const movedAgain = (take) => {
  const wave = one(`#${CSS.escape(take.id)} .wave`);
  for (const which of wave ? ["in", "out"] : []) {
    point(wave, which).value = point(take, which).value;
    point(wave, which).dispatchEvent(new Event("input", { bubbles: true }));
  }
};
const fresh = async () => {
  const answer = await fetch(address("hear"));
  if (!answer.ok) throw new Error(one('meta[name="studio-failed"]').content);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const beforeIt = screen(), before = beforeIt.dataset.sound, back = focusNow(), top = scrollY;
  const opened = all("[data-open][aria-expanded=true]").map((button) => turnOf(button).id);
  screen().replaceWith(document.importNode(one("#screen", page), true));
  const moved = all(".take", beforeIt).filter((take) => one("[data-trim]:not([hidden])", take));
  await Promise.all(opened.map((id) => document.getElementById(id)).filter(Boolean).map((turn) => open(turn)));
  for (const take of moved) movedAgain(take);
  scrollTo({ top, behavior: "instant" });
  back();
  if (chosen) choose(document.getElementById(chosen));
  freshDeck(before);
  watchWaiting();
};
const build = async () => {
  wrong(null, "");
  try {
    await change(address("build"), "{}");
    watch();
  } catch (error) {
    wrong(null, error.message);
  }
};
let watched = null, again = false;
const watch = () => {
  watched?.close();
  watched = follow(address("progress"), async (given) => {
    const over = ["done", "stopped", "failed"].includes(given.state);
    one("#job").hidden = over;
    one("#job-told").textContent = given.told;
    one("#job-bar").max = given.total || 1;
    one("#job-bar").value = given.done;
    if (one("#behind")) one("#behind").hidden = !over;
    if (!over) return;
    watched.close();
    await fresh().catch((error) => wrong(null, error.message));
    if (given.state === "failed") wrong(null, [given.told, given.hint].filter(Boolean).join(" "));
    say(given.told);
    // What was decided while the last files were written is built now.
    if (given.state === "done" && screen().dataset.follows === "no" && !again) { again = true; build(); } else again = false;
  }, (words) => wrong(null, words));
};
if (!one("#job").hidden) watch();
document.addEventListener("recordings-used", () => { fresh().catch((error) => wrong(null, error.message)); });
document.addEventListener("heard", (event) => {
  const turn = all(".turn").find((each) => each.dataset.turn === event.detail);
  if (!turn || turn.dataset.heard !== undefined) return;
  fetch(address("hear")).then((answer) => answer.ok && answer.text()).then((text) => {
    if (!text) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const now = one(`#${CSS.escape(turn.id)}`, page);
    if (!now || now.dataset.heard === undefined) return;
    turn.dataset.heard = "";
    one(".ear", turn).replaceWith(document.importNode(one(".ear", now), true));
    one(".sum")?.replaceWith(document.importNode(one(".sum", page), true));
  }).catch(() => {});
});

// What is done elsewhere, in another tab or at the command line, is shown; not while one has points or turns in hand.
const lookAround = async () => {
  const isBusy = () => atWork || !one("#job").hidden || one("[data-waiting-work]") || all("[data-trim]").some((button) => !button.hidden)
    || document.activeElement.closest("#waits, .wave");
  if (document.hidden || isBusy()) return;
  const before = screen().dataset.seen;
  const answer = await fetch(address("hear/seen")).catch(() => null);
  if (!answer?.ok || isBusy() || screen().dataset.seen !== before) return;
  const given = await answer.json();
  if (given.at_work) watch();
  else if (given.seen !== before) await fresh().catch(() => {});
};
setInterval(lookAround, 3000);
document.addEventListener("visibilitychange", lookAround);

// 7. Letters act on the turn in hand.
const press = (selector) => {
  const turn = inHand(), button = turn && one(selector, turn);
  button?.click();
  return Boolean(button);
};
const letters = {
  ",": () => seam("before"), ".": () => seam("after"), x: () => press("[data-confirm]"),
  h: () => { const turn = inHand(); if (turn?.dataset.start) note([turn]); return Boolean(turn); },
};
const seam = (which) => {
  if (press(`[data-seam=${which}]`)) return true;
  const rows = all(".turn[data-start]"), turn = inHand(), at = rows.indexOf(turn) + (which === "after" ? 1 : 0);
  if (at < 1 || !rows[at]) return false;
  const start = Number(rows[at].dataset.start), button = one("[data-hear]", rows[at]).cloneNode();
  Object.assign(button.dataset, { hear: Math.max(0, start - 5000), to: start + 5000 });
  hearPart(button);
  return true;
};
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || typing(event.target) || !lettersWork()) return;
  const digit = /^[0-9]$/.test(event.key);
  const done = digit ? press(`[data-use="${event.key}"]`) : letters[event.key.toLowerCase()]?.();
  if (done) event.preventDefault();
});
walk(".turn");

// A turn, or a take of it, that an address names is opened.
const named = () => {
  const found = /^#(turn-[a-z0-9]+)(-take-\d+)?$/.exec(location.hash);
  const turn = found && document.getElementById(found[1]);
  if (!turn) return;
  open(turn).then(() => {
    const place = (found[2] && document.getElementById(found[1] + found[2])) || turn;
    place.scrollIntoView({ block: "center" });
    turn.focus({ preventScroll: true });
  });
};
addEventListener("hashchange", named);
named();
watchWaiting();
