// The player: the whole programme and any stretch of it, one slider for where it is, what was heard.
import { all, change, one, say } from "./asking.js";

const sound = () => one("#sound");
const slider = () => one("#place");
const screen = () => one("#screen");
const clock = (s) => {
  const whole = Math.max(0, Math.round(s)), hours = Math.floor(whole / 3600);
  const rest = `${String(Math.floor(whole / 60) % 60).padStart(hours ? 2 : 1, "0")}:${String(whole % 60).padStart(2, "0")}`;
  return hours ? `${hours}:${rest}` : rest;
};
const long = () => Number(slider()?.dataset.ms ?? 0) / 1000;
const turns = () => all(".turn[data-start]").map((turn) => ({
  turn, start: Number(turn.dataset.start) / 1000, end: Number(turn.dataset.end) / 1000,
}));

/** Give the turn that is heard at a moment, or the last before it. */
const turnAt = (s) => turns().findLast((each) => each.start <= s + 0.05) ?? turns()[0];
export const turnHeard = () => turnAt(sound().currentTime)?.turn;

// 1. What is heard: all of it from somewhere on, or a stretch that a button names.
let until = Infinity, pressed = null;
const mark = (button, yes) => {
  pressed?.setAttribute("aria-pressed", "false");
  pressed = yes ? button : null;
  pressed?.setAttribute("aria-pressed", "true");
};
const other = () => one("#take-sound");
const start = (player) => player.play().catch(() => draw());

/** Let nothing be heard. */
export const silence = () => {
  sound().pause();
  other().pause();
  mark(null, false);
};

/** Go somewhere in the programme; it goes on playing if it was. */
const go = (s) => {
  sound().currentTime = Math.min(long(), Math.max(0, s));
  until = Infinity;
  mark(null, false);
  draw();
};

/** Hear a stretch of the programme; pressed again, the button stops it. */
export const hearPart = (button) => {
  const again = pressed === button;
  silence();
  if (again) return;
  mark(button, true);
  until = Number(button.dataset.to) / 1000;
  sound().currentTime = Number(button.dataset.hear) / 1000;
  start(sound());
};

/** Hear another sound than the programme's: a take, or a piece of a recording. */
export const hearOther = (button, address) => {
  const again = pressed === button;
  silence();
  if (again) return;
  mark(button, true);
  other().src = address;
  start(other());
};

const play = () => {
  const goesOn = sound().paused;
  silence();
  until = Infinity;
  if (goesOn && sound().src) start(sound());
};

// 2. The same place on the slider, the picture and the deck.
const draw = () => {
  const now = sound().currentTime, at = turnAt(now)?.turn;
  const button = one("#deck-play"), plays = !sound().paused;
  one("use", button).setAttribute("href", plays ? "#icon-pause" : "#icon-play");
  button.setAttribute("aria-label", plays ? button.dataset.pause : button.dataset.play);
  one("#deck-at").textContent = clock(now);
  one("#deck-turn").textContent = at?.dataset.name ?? "";
  const place = slider();
  if (!place) return;
  place.setAttribute("aria-valuenow", Math.round(now));
  place.setAttribute("aria-valuetext", [clock(now), at?.dataset.name].filter(Boolean).join(", "));
  one("#head").setAttribute("x", `${(100 * now) / (long() || 1)}%`);
};

// 3. What was heard from its begin to its end is noted, in fifths of a second.
const STEP_S = 0.2, heard = new Map();
let last = null, noting = new Set();
const listen = (now) => {
  const from = last;
  last = now;
  if (from === null || sound().paused || now <= from || now - from > 2 * Math.max(1, sound().playbackRate)) return;
  for (const { turn, start: begin, end } of turns()) {
    if (end <= from || begin >= now || turn.dataset.heard !== undefined) continue;
    const key = turn.dataset.turn, parts = Math.max(1, Math.ceil((end - begin) / STEP_S));
    const known = heard.get(key) ?? heard.set(key, new Set()).get(key);
    for (let at = Math.max(0, Math.floor((from - begin) / STEP_S)); at < parts && begin + at * STEP_S < now; at += 1) known.add(at);
    if (known.size >= parts - 1 && known.has(Math.max(0, parts - 2))) note([turn]);
  }
};

/** Remember of turns that they were heard, as they are in this draft. */
export const note = async (which) => {
  const keys = which.map((turn) => turn.dataset.turn).filter((key) => !noting.has(key));
  if (!keys.length) return;
  for (const key of keys) noting.add(key);
  try {
    const body = JSON.stringify({ turns: keys.join(" "), sound: screen().dataset.sound });
    await change(`/programmes/${encodeURIComponent(screen().dataset.name)}/heard`, body, { keepalive: true });
    for (const key of keys) document.dispatchEvent(new CustomEvent("heard", { detail: key }));
  } catch {
    // It was built anew, or the studio is gone: it is to be heard again.
  } finally {
    for (const key of keys) { noting.delete(key); heard.delete(key); }
  }
};

/** Take up a draft that was built anew, where one was in the one before it. */
export const fresh = (before) => {
  const { name, sound: made } = screen().dataset;
  if (made && made !== before) {
    const at = sound().currentTime, plays = !sound().paused && until === Infinity;
    sound().src = `/programmes/${encodeURIComponent(name)}/audio/${made}`;
    sound().currentTime = at;
    heard.clear();
    if (plays) start(sound());
  }
  one(".deck").hidden = !made;
  one("#deck-long").textContent = clock(long());
  last = null;
  draw();
};

for (const kind of ["timeupdate", "play", "pause", "seeked", "ended"]) {
  sound().addEventListener(kind, () => {
    const now = sound().currentTime;
    if (kind === "timeupdate" || kind === "ended" || kind === "pause") listen(now);
    else last = now;
    if (kind === "timeupdate" && now >= until) silence();
    if (kind === "ended") mark(null, false);
    draw();
  });
}
other().addEventListener("ended", () => mark(null, false));
other().addEventListener("error", () => mark(null, false));

const turnBeside = (step) => {
  const now = sound().currentTime, list = turns();
  const next = step > 0 ? list.find((each) => each.start > now + 0.1) : list.findLast((each) => each.start < now - 1);
  go(next?.start ?? (step > 0 ? long() : 0));
};
one("#deck-play").addEventListener("click", play);
one("#deck-back").addEventListener("click", () => go(sound().currentTime - 5));
one("#deck-on").addEventListener("click", () => go(sound().currentTime + 5));
one("#deck-before").addEventListener("click", () => turnBeside(-1));
one("#deck-after").addEventListener("click", () => turnBeside(1));

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("#place") || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5 }[event.key];
  if (step) go(sound().currentTime + step);
  else if (event.key === "PageDown") turnBeside(1);
  else if (event.key === "PageUp") turnBeside(-1);
  else if (event.key === "Home") go(0);
  else if (event.key === "End") go(long());
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
let dragged = false;
const toPointer = (event) => {
  const box = slider().getBoundingClientRect();
  go((long() * (event.clientX - box.left)) / box.width);
};
document.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || !event.target.closest("#place")) return;
  dragged = true;
  toPointer(event);
});
document.addEventListener("pointermove", (event) => { if (dragged) toPointer(event); });
for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, () => { dragged = false; });

document.addEventListener("heard", () => say(screen().dataset.marked));
draw();
