// Lets chapters and transcript lines move the player, marks what is heard, copies the feed address.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const words = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // pages that are not on https have no clipboard
    }
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

// One episode is heard at a time ("play" does not bubble, hence true).
document.addEventListener("play", (event) => {
  for (const other of document.querySelectorAll("audio")) {
    if (other !== event.target) other.pause();
  }
}, true);

const player = document.getElementById("player");
if (player) {
  document.documentElement.classList.add("live");
  for (const hint of document.querySelectorAll(".hint")) hint.hidden = false;

  const marked = (selector) => {
    const places = [...document.querySelectorAll(selector)];
    return { places, starts: places.map((place) => Number(place.dataset.start)), now: null };
  };
  const lists = [marked(".chapters [data-start]"), marked(".line")];

  // The last place that has begun: between two sentences the one just heard stays marked.
  const mark = () => {
    for (const list of lists) {
      const after = list.starts.findIndex((start) => start > player.currentTime);
      const index = (after < 0 ? list.places.length : after) - 1;
      const place = player.currentTime > 0 ? list.places[index] : undefined;
      if (place === list.now) continue;
      list.now?.removeAttribute("aria-current");
      place?.setAttribute("aria-current", "true");
      list.now = place;
    }
  };
  const seek = (seconds) => {
    // Slightly inside, so that rounding never lands in the sentence before.
    player.currentTime = seconds + 0.02;
    mark();
  };

  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-start]");
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (String(getSelection()).length > 0 && place.classList.contains("line")) return;
    event.preventDefault();
    seek(Number(place.dataset.start));
    player.play().catch(() => {}); // the browser may want the listener's own press on play
  });
  player.addEventListener("timeupdate", mark);

  const follow = () => {
    const linked = location.hash.match(/^#t=(\d+(?:\.\d+)?)$/);
    if (linked) seek(Number(linked[1]));
  };
  addEventListener("hashchange", follow);
  follow();
}
