// The station's settings: what is changed is counted, written when one wants, and told at its field.
import { all, change, element, one, say } from "./asking.js";

const screen = () => one("#screen");
const sound = () => one("#sound");
const fields = () => all("[name]", screen()).filter((field) => !field.closest("template"));
const value = (field) => (field.type === "radio" ? (field.checked ? field.value : null) : field.value);
const failed = () => one('meta[name="studio-failed"]').content;

// 1. What stands there now, and what was there when it came: the difference is what is written.
let before = new Map();
const now = () => {
  const found = new Map();
  for (const field of fields()) if (value(field) !== null) found.set(field.name, value(field));
  return found;
};
const going = (row) => row.classList.contains("going");
const changes = () => {
  const found = {};
  for (const [name, given] of now()) {
    const row = one(`[name="${CSS.escape(name)}"]`).closest("[data-row]");
    if (row && (going(row) || row.dataset.row.includes("new-"))) continue;
    if (given !== before.get(name)) found[name] = given;
  }
  for (const row of all("[data-row]", screen())) {
    const name = row.dataset.row, own = all("[name]", row);
    if (name.includes("new-")) {
      if (!going(row) && own.some((field) => field.value)) for (const field of own) found[field.name] = field.value;
    } else if (going(row)) found[`${name}.gone`] = "yes";
    else if (name.startsWith("words") && own.some((field) => field.name in found)) for (const field of own) found[field.name] = field.value;
  }
  return found;
};
const places = (found) => new Set(Object.keys(found).map((name) => name.replace(/^((?:people|words)\.[^.]+)\..*/, "$1")));
const count = () => {
  const number = places(changes()).size, place = one("#count");
  if (!place.querySelector("a")) place.textContent = number ? `${screen().dataset.changed} ${number}` : screen().dataset.unchanged;
  one("#drop").hidden = !number;
  if (number) one("#write").removeAttribute("aria-disabled");
  else one("#write").setAttribute("aria-disabled", "true");
};

// 2. What is wrong stands at its field, and the first of them is entered.
const clear = () => {
  for (const told of all("[data-wrong]", screen())) told.hidden = true;
  for (const field of all(".wrong", screen())) field.classList.remove("wrong");
  for (const field of all("[aria-invalid]", screen())) field.removeAttribute("aria-invalid");
  one("#told").hidden = true;
};
const tell = (words) => {
  const told = one("#told");
  told.hidden = false;
  told.textContent = words;
  told.focus();
};
const fieldOf = (name) => one(`[name="${CSS.escape(name)}"]`) ?? one(`[data-row="${CSS.escape(name)}"] [name]`);
const show = (wrong) => {
  const names = Object.keys(wrong);
  for (const name of names) {
    const told = one(`[data-wrong="${CSS.escape(name)}"]`), field = fieldOf(name);
    if (told) { told.hidden = false; told.textContent = wrong[name]; }
    field?.setAttribute("aria-invalid", "true");
    (told?.closest(".field") ?? told?.closest("[data-row]"))?.classList.add("wrong");
  }
  one("#count").replaceChildren(`${screen().dataset.wrongMany} `, ...names.map((name) => {
    const link = document.createElement("a"), field = fieldOf(name);
    link.href = `#${field?.id ?? ""}`;
    link.textContent = field?.labels?.[0]?.textContent ?? field?.ariaLabel ?? name;
    link.addEventListener("click", (event) => { event.preventDefault(); field?.focus(); });
    return link;
  }));
  fieldOf(names[0])?.focus();
  say(one("#count").textContent + ". " + wrong[names[0]]);
};

// 3. Writing; where the files were changed elsewhere, they are shown anew with what was entered here.
const fresh = async () => {
  const answer = await fetch("/station");
  if (!answer.ok) throw new Error(failed());
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  screen().replaceWith(document.importNode(one("#screen", page), true));
  before = now();
};
const rowOf = (kind, key) => all(`[data-row^="${kind}."]`, screen()).find((row) => row.dataset.key === key && !row.dataset.row.includes("new-"));
const entered = () => {
  const found = changes(), kept = { plain: {}, rows: [] };
  for (const [name, given] of Object.entries(found)) if (!/^(people|words)\./.test(name)) kept.plain[name] = given;
  for (const name of [...places(found)].filter((each) => /^(people|words)\./.test(each))) {
    const row = one(`[data-row="${CSS.escape(name)}"]`);
    const changed = all("[name]", row).filter((field) => name.includes("new-") || field.value !== before.get(field.name));
    kept.rows.push({
      kind: name.split(".")[0], key: name.includes("new-") ? null : row.dataset.key, gone: going(row),
      values: Object.fromEntries(changed.map((field) => [field.name.slice(name.length + 1), field.value])),
      all: Object.fromEntries(all("[name]", row).map((field) => [field.name.slice(name.length + 1), field.value])),
    });
  }
  return kept;
};
const enter = (kept) => {
  for (const [name, given] of Object.entries(kept.plain)) {
    for (const field of all(`[name="${CSS.escape(name)}"]`, screen())) {
      if (field.type === "radio") field.checked = field.value === given;
      else field.value = given;
    }
  }
  for (const { kind, key, gone, values, all: whole } of kept.rows) {
    const there = key === null ? null : rowOf(kind, key);
    if (gone) { if (there) take(there, true); continue; }
    const row = there ?? add(kind);
    for (const [name, given] of Object.entries(there ? values : whole)) {
      const field = one(`[name="${CSS.escape(`${row.dataset.row}.${name}`)}"]`, row);
      if (field) field.value = given;
    }
  }
};
let atWork = false;
const write = async () => {
  const found = changes();
  if (atWork) return;
  if (!Object.keys(found).length) { say(screen().dataset.unchanged); return; }
  atWork = true;
  clear();
  one("#count").textContent = "";
  try {
    const { wrong, elsewhere } = await change("/station", JSON.stringify({ ...found, seen: screen().dataset.seen }));
    if (elsewhere) {
      const kept = entered();
      await fresh();
      enter(kept);
      count();
      tell(screen().dataset.merged);
      return;
    }
    if (Object.keys(wrong).length) { show(wrong); return; }
    await fresh();
    count();
    one("#count").textContent = screen().dataset.written;
    say(screen().dataset.written);
  } catch (error) {
    tell(error.message);
    count();
  } finally {
    atWork = false;
  }
};

// 4. Rows come and go.
let added = 0;
const add = (kind) => {
  const row = element(one(`#new-${kind}`).innerHTML.replaceAll("new-N", `new-${++added}`));
  one(`[data-rows=${kind}]`).append(row);
  one(`[data-empty=${kind}]`).hidden = true;
  return row;
};
const take = (row, gone) => {
  if (row.dataset.row.includes("new-")) { row.remove(); return; }
  row.classList.toggle("going", gone);
  one("[data-take]", row).setAttribute("aria-pressed", gone);
  one("[data-gone]", row).hidden = !gone;
};

// 5. Hearing: a voice, a word, a piece of music.
const hear = async (button, address) => {
  clear();
  button.ariaBusy = "true";
  say(screen().dataset.speaking);
  try {
    sound().src = typeof address === "string" ? address : (await change("/station/say", JSON.stringify(address))).address;
    await sound().play();
  } catch (error) {
    if (error.name !== "AbortError") tell(error.message);
  } finally {
    button.ariaBusy = null;
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const data = button.dataset;
  if (button.id === "write") write();
  if (button.id === "drop") fresh().then(() => { count(); one("#count").textContent = screen().dataset.unchanged; one("main").focus(); }, (error) => tell(error.message));
  if (data.add) { one("[name]", add(data.add)).focus(); count(); }
  if ("take" in data) {
    const row = button.closest("[data-row]"), list = row.parentElement;
    take(row, !going(row));
    if (!row.isConnected) (one("[data-add]", list.closest("section"))).focus();
    count();
  }
  if (data.sayVoice) {
    const field = one(`[name="${CSS.escape(data.sayVoice)}"]`);
    const voice = (field.value || field.dataset.usual || "").split(",")[0].trim();
    hear(button, { text: one("#sample").value, voice, engine: data.engine });
  }
  if ("sayWord" in data) hear(button, { text: all("input", button.closest("[data-row]")).map((field) => field.value).at(-1) });
  if (data.hearMusic) hear(button, `/station/file/${data.hearMusic}`);
});
document.addEventListener("input", (event) => {
  if (event.target.id === "q") {
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
    for (const row of all("[data-rows=words] > li")) row.hidden = !all("input", row).some((field) => plain(field.value).includes(plain(event.target.value)));
    return;
  }
  if (event.target.name) { one("#count").textContent = ""; count(); }
});
document.addEventListener("change", async (event) => {
  const file = event.target.dataset.file ? event.target.files[0] : null;
  if (!file) return;
  clear();
  try {
    const given = await change(`/station/file/${event.target.dataset.file}?file=${encodeURIComponent(file.name)}`, file);
    one(`[name="${CSS.escape(event.target.dataset.file)}"]`).value = given.file;
    count();
  } catch (error) {
    tell(error.message);
  }
  event.target.value = "";
});
window.addEventListener("beforeunload", (event) => { if (Object.keys(changes()).length) event.preventDefault(); });

before = now();
count();
