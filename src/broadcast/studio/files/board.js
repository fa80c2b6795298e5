// The board: a new programme from a text or a file, rows that are read one by one, finding.
import { all, change, element, one, say, walk } from "./asking.js";

const field = one("#paste"), file = one("#file"), make = one("#make");
const understood = one("#understood"), wrong = one("#wrong");
const tell = (place, words) => { place.hidden = !words; place.textContent = words; };
const named = (name) => `?file=${encodeURIComponent(name)}`;

// 1. What is pasted is told before anything is made of it.
let wait = 0, asked = 0;
field.addEventListener("input", () => {
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
for (const row of all(".prog[data-waits]")) {
  const answer = await fetch(`/programmes/${encodeURIComponent(row.dataset.name)}/row`).catch(() => null);
  if (!answer?.ok) continue;
  const read = element(await answer.text());
  const held = row.contains(document.activeElement);
  row.replaceWith(read);
  if (held) one("a", read)?.focus();
  if (search.value) find();
}

walk(".prog h3 a");
