// A stretch of the programme as it was levelled: from the moment that a button names to another.
import { all, one } from "./asking.js";

let until = Infinity, pressed = null;

/** Stop, and show that nothing is heard. */
export const silence = () => {
  one("#sound")?.pause();
  for (const button of all("[data-hear][aria-pressed=true]")) button.setAttribute("aria-pressed", "false");
  pressed = null;
};

/** Play what a button is for; pressed again, it stops. */
export const hear = (button) => {
  const sound = one("#sound"), again = pressed === button;
  silence();
  if (again || !sound) return;
  pressed = button;
  button.setAttribute("aria-pressed", "true");
  until = Number(button.dataset.to) / 1000;
  sound.ontimeupdate = () => { if (sound.currentTime >= until) silence(); };
  sound.onended = silence;
  sound.currentTime = Number(button.dataset.hear) / 1000;
  sound.play().catch(silence);
};
