// The board: a new programme from a text or a file, rows that are read one by one, finding.
import { all, change, element, follow, one, say, walk } from "./asking.js";

const field = one("#paste"), file = one("#file"), make = one("#make");
const understood = one("#understood"), wrong = one("#wrong");
const tell = (place, words) => { place.hidden = !words; place.textContent = words; };
const named = (name) => `?file=${encodeURIComponent(name)}`;

// 1. What is pasted is told before anything is made of it.
const KEPT = "studio-pasted";
field.value ||= localStorage.getItem(KEPT) ?? "";
let wait = 0, asked = 0;
field.addEventListener("input", () => {
  // A tab or a studio that ends at work leaves what was pasted to the next; too much is pasted again.
  try { localStorage.setItem(KEPT, field.value); } catch { localStorage.removeItem(KEPT); }
  clearTimeout(wait);
  const mine = ++asked;
  tell(wrong, "");
  if (!field.value.trim()) { tell(understood, ""); return; }
  wait = setTimeout(async () => {
    try {
      const given = await change("/understand" + named("pasted.txt"), field.value);
      if (mine === asked) tell(understood, given.told);
    } catch (error) {
      if (mine === asked) { tell(understood, ""); tell(wrong, error.message); }
    }
  }, 400);
});

// 2. Making it; nothing that was typed goes before the studio has it.
let atWork = false;
const made = async (name, body) => {
  if (atWork) return;
  atWork = true;
  make.setAttribute("aria-disabled", "true");
  say(make.dataset.making);
  tell(wrong, "");
  try {
    const given = await change("/programmes" + named(name), body);
    localStorage.removeItem(KEPT);
    field.value = "";
    location.assign(given.address);
  } catch (error) {
    tell(wrong, error.message);
  } finally {
    atWork = false;
    make.removeAttribute("aria-disabled");
  }
};
make.addEventListener("click", () => {
  if (field.value.trim()) made("pasted.txt", field.value);
  else { tell(wrong, make.dataset.empty); field.focus(); }
});
file.addEventListener("change", () => {
  if (file.files[0]) made(file.files[0].name, file.files[0]);
  file.value = "";
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    field.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files[0]) made(event.dataTransfer.files[0].name, event.dataTransfer.files[0]);
  });
}

// 3. Finding, by any words of a row, with or without their tones.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const search = one("#q");
const find = () => {
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of all(".prog")) {
    const text = plain(row.textContent);
    row.hidden = !words.every((word) => text.includes(word));
    shown += !row.hidden;
  }
  one("#none-found").hidden = shown > 0;
};
search?.addEventListener("input", find);

// 4. Each script is read when the board stands; one after the other, so that nothing else waits.
const address = (row, what) => `/programmes/${encodeURIComponent(row.dataset.name)}/${what}`;
const read = async (row) => {
  const answer = await fetch(address(row, "row")).catch(() => null);
  if (!answer?.ok) return;
  const now = element(await answer.text());
  const held = row.contains(document.activeElement);
  row.replaceWith(now);
  if (held) one("a", now)?.focus();
  if (search.value) find();
  watch(now);
};

// What is at work tells how far it is, in its own row; more than two would keep the browser's lines.
let watched = 0;
const watch = (row) => {
  if (!("atWork" in row.dataset) || watched > 1) return;
  watched += 1;
  const events = follow(address(row, "progress"), (given) => {
    one("[data-told]", row).textContent = given.told;
    one("progress", row).max = given.total || 1;
    one("progress", row).value = given.done;
    if (!["done", "stopped", "failed"].includes(given.state)) return;
    events.close();
    watched -= 1;
    say(given.told);
    read(row);
  }, (words) => tell(wrong, words));
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stop]");
  if (button) change(address(button.closest(".prog"), "stop"), "{}").catch((error) => tell(wrong, error.message));
});
for (const row of all(".prog[data-at-work]")) watch(row);
for (const row of all(".prog[data-waits]")) if (!("atWork" in row.dataset)) await read(row);

walk(".prog h3 a");
