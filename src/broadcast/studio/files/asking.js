// What every screen needs: asking the studio, saying what was done, and keys.
export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const told = (name) => one(`meta[name="studio-${name}"]`).content;

/** Say something to who cannot see the screen. */
export const say = (words) => { one("#live").textContent = words; };

/** Send a change, and give what the studio answers; what went wrong is thrown, in its words. With ``how`` ``keepalive`` a small one arrives though the page is left. */
export const change = async (address, body, how = {}) => {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { "x-studio-change": told("change") }, ...how });
  } catch {
    throw new Error(told("failed"));
  }
  const kind = answer.headers.get("content-type") ?? "";
  const given = kind.startsWith("application/json") ? await answer.json() : { told: await answer.text() };
  if (!answer.ok) throw Object.assign(new Error([given.told, given.hint].filter(Boolean).join(" ")), { status: answer.status, ...given });
  return given;
};

/** Follow long work as the studio tells of it; ``lost`` is told that it no longer does, or "" again. */
export const follow = (address, tell, lost) => {
  const events = new EventSource(address);
  let isLost = false;
  events.addEventListener("message", (event) => {
    if (isLost) { isLost = false; lost(""); }
    tell(JSON.parse(event.data));
  });
  events.addEventListener("error", () => {
    if (isLost) return;
    isLost = true;
    lost(told("failed"));
  });
  return events;
};

/** Give the element that a part of a page, made by the studio, has for its root. */
export const element = (text) => {
  const holder = document.createElement("template");
  holder.innerHTML = text.trim();
  return holder.content.firstElementChild;
};

export const typing = (target) =>
  target.closest("textarea, select, input:not([type=radio]):not([type=checkbox]):not([type=file])");
const seen = (place) => place.checkVisibility();

// Letters are keys until somebody says otherwise, who speaks to the machine or has shaky hands.
const LETTERS = "studio-letters";
export const lettersWork = () => localStorage.getItem(LETTERS) !== "off";
const showLetters = () => {
  document.documentElement.classList.toggle("no-letters", !lettersWork());
  for (const box of all("[data-letters]")) box.checked = lettersWork();
};
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-letters]")) return;
  localStorage.setItem(LETTERS, event.target.checked ? "on" : "off");
  showLetters();
});
addEventListener("storage", showLetters);
showLetters();

// An element's data-key names the letter that goes to it, and presses it; never while one types.
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (event.ctrlKey && event.key === "Enter") {
    all(".button.main, .round.main").find(seen)?.click();
    event.preventDefault();
    return;
  }
  // Files are chosen by Enter as by Space: not every browser does that.
  if (event.key === "Enter" && event.target.matches("[type=file]")) {
    event.preventDefault();
    event.target.click();
    return;
  }
  if (event.ctrlKey || typing(event.target) || !lettersWork()) return;
  if (event.key === " " && event.target.closest("button, a, summary, input")) return;
  const places = all("[data-key]").filter((place) => place.dataset.key === event.key.toLowerCase() && seen(place));
  const place = places.find((each) => event.target.closest(".now")?.contains(each)) ?? places[0];
  if (!place) return;
  event.preventDefault();
  place.focus();
  if (!typing(place)) place.click();
});

/** Let ↑ and ↓ go from one of these places to the next. */
export const walk = (selector) => document.addEventListener("keydown", (event) => {
  if (event.isComposing || typing(event.target) || event.ctrlKey || event.target.matches("[type=radio]")) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = all(selector).filter(seen);
  const here = stops.findIndex((stop) => stop.contains(event.target));
  const next = stops[here + step];
  if (!next || (here < 0 && step < 0)) return;
  event.preventDefault();
  next.focus();
});

for (const fold of all("details[data-wide]")) fold.open = matchMedia("(min-width: 64rem)").matches;
