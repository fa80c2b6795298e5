// The script screen: a turn and a sentence are chosen, mended, and shown as they are understood then.
import { all, change, follow, one, say, typing, walk } from "./asking.js";
import { hear, silence } from "./hearing.js";

const screen = one("#screen"), list = one("#rows");
const tools = one("#tools"), reader = one("#reader"), editor = one("#editor");
const address = (what) => `/programmes/${encodeURIComponent(screen.dataset.name)}/${what}`;
const chosen = () => one(".said.now");
const sentence = () => one(".line[aria-current]");

// 1. One turn has the tools, one sentence of it is the one they act on.
const choose = (turn, line) => {
  if (!turn) return;
  const before = chosen();
  if (before !== turn) {
    before?.classList.remove("now");
    if (before) one("[data-open]", before).setAttribute("aria-expanded", "false");
    turn.classList.add("now");
    one("[data-open]", turn).setAttribute("aria-expanded", "true");
    turn.append(tools);
    tools.hidden = false;
    for (const each of all("[aria-pressed]", one(".sets", tools))) each.setAttribute("aria-pressed", each.dataset.act === turn.dataset.role);
    for (const each of all("#people button")) each.setAttribute("aria-pressed", each.dataset.name === turn.dataset.who);
  }
  const next = line ?? one(".line", turn);
  if (sentence() === next) return;
  sentence()?.removeAttribute("aria-current");
  next?.setAttribute("aria-current", "true");
};
document.addEventListener("focusin", (event) => {
  const turn = event.target.closest(".said");
  if (turn && !event.target.closest("#tools")) choose(turn, event.target.closest(".line") ?? (turn.contains(sentence()) ? sentence() : null));
});

// 2. What the studio shows now comes in: rows that are new, numbers of all, and what stands around.
const parts = new Map();
const keyed = (row) => { row.dataset.key ??= ""; return row.dataset.key; };
const place = (row, told) => {
  const mark = `${told.turn} ${told.name} ${told.lines}`;
  if (row.told === mark) return;
  row.told = mark;
  row.dataset.key = told.key;
  if (told.turn === null) delete row.dataset.turn;
  else row.dataset.turn = told.turn;
  all("[data-line]", row).forEach((number, at) => {
    const text = String(told.lines[at]);
    if (number.textContent !== text) number.textContent = text;
  });
  const name = one("[data-name]", row);
  if (name && name.matches("span") && name.textContent !== told.name) name.textContent = told.name;
};
const show = (given) => {
  if (given.seen !== undefined) screen.dataset.seen = given.seen;
  for (const [id, html] of Object.entries(given.parts ?? {})) {
    const old = one(`#${id}`);
    if (parts.get(id) === html || (id === "call" && old.contains(document.activeElement) && old.open)) continue;
    const held = old.contains(document.activeElement) ? document.activeElement.id : "";
    const holder = document.createElement("template");
    holder.innerHTML = html.trim();
    const fresh = holder.content.firstElementChild;
    if (id === "call") fresh.open = old.open;
    old.replaceWith(fresh);
    parts.set(id, html);
    if (held) one(`#${CSS.escape(held)}`)?.focus();
  }
  const holder = document.createElement("template");
  const keys = Object.keys(given.new);
  holder.innerHTML = keys.map((key) => given.new[key]).join("");
  const made = new Map([...holder.content.children].map((row, at) => [keys[at], row]));
  const there = new Map();
  for (const row of list.children) {
    if (!there.has(keyed(row))) there.set(keyed(row), []);
    there.get(keyed(row)).push(row);
  }
  home(tools, reader, editor);
  let next = list.firstElementChild;
  for (const told of given.rows) {
    const row = there.get(told.key)?.shift() ?? made.get(told.key).cloneNode(true);
    place(row, told);
    if (row === next) next = next.nextElementSibling;
    else list.insertBefore(row, next);
  }
  while (next) { const gone = next; next = next.nextElementSibling; gone.remove(); }
};
/** Take what goes from row to row out of them, before any of them goes. */
const home = (...moving) => {
  for (const each of moving) { each.hidden = true; screen.append(each); }
  chosen()?.classList.remove("now");
};
const has = () => [...new Set(all("#rows > li").map(keyed))].join(" ");

const first = JSON.parse(list.dataset.rows);
[...list.children].forEach((row, at) => place(row, first[at]));
let complete = Promise.resolve();

// 3. What is wanted goes to the studio with what was seen of the file; nothing is changed here.
let again = null;
const wrong = (words, retry = null) => {
  const note = one("#wrong");
  note.hidden = !words;
  one("p", note).textContent = words;
  again = retry;
  one("#anew").hidden = !retry;
  if (words) note.scrollIntoView({ block: "nearest" });
};
let atWork = false;
const send = async (what, fields, turn) => {
  if (atWork) return false;
  atWork = true;
  wrong("");
  await complete;
  const at = turn ?? Number(chosen()?.closest("li").dataset.turn ?? -1);
  const line = turn === undefined && sentence() ? all(".line", chosen()).indexOf(sentence()) : 0;
  try {
    const given = await change(address(what), JSON.stringify({ ...fields, seen: screen.dataset.seen, has: has() }));
    one("#outside").hidden = true;
    show(given);
    back(at, line);
    say(screen.dataset.done);
    return true;
  } catch (error) {
    const canAgain = error.code === "mend.not-alone" && !fields.anew;
    wrong(error.message, canAgain ? () => send(what, { ...fields, anew: "yes" }, turn) : null);
    return false;
  } finally {
    atWork = false;
  }
};
/** Put hand and eye where they were: on the turn of that place, at that sentence. */
const back = (turn, line) => {
  if (turn < 0) return;
  const row = one(`#rows > li[data-turn="${turn}"]`) ?? all("#rows > li[data-turn]").at(-1);
  const said = row && one(".said", row);
  if (!said) return;
  const lines = all(".line", said);
  (lines[Math.min(line, lines.length - 1)] ?? said).focus();
};
const fresh = async () => {
  await complete;
  const turn = Number(chosen()?.closest("li").dataset.turn ?? -1);
  const line = sentence() ? all(".line", chosen()).indexOf(sentence()) : 0;
  const held = screen.contains(document.activeElement) && document.activeElement.closest("#rows");
  const open = [reader, editor].find((each) => !each.hidden);
  show(await change(address("rows"), JSON.stringify({ has: has() })));
  one("#outside").hidden = true;
  if (held || open) back(turn, line);
  // What somebody is typing stays: nobody's words are lost by a change from elsewhere.
  if (open && sentence()) { (sentence().closest(".said")).insertBefore(open, sentence().nextSibling); open.hidden = false; one("input[type=text], textarea", open).focus(); }
};
if ("more" in list.dataset) complete = change(address("rows"), JSON.stringify({ has: has() })).then(show, (error) => wrong(error.message));

const turnOf = (element) => Number(element.closest("li[data-turn]").dataset.turn);
const here = () => ({ turn: String(turnOf(chosen())), paragraph: sentence().dataset.paragraph, words: sentence().dataset.words });
const whole = () => ({ ...here(), paragraph: "0", words: "0" });
const lineOf = (element, at) => all("[data-line]", element.closest("li"))[Number(at)].textContent;
const isFirst = (at) => at.paragraph === "0" && at.words === "0";
/** Give who speaks beside a turn, and is somebody else: a wrong split is most often theirs. */
const beside = (turn) => {
  const turns = all(".said"), at = turns.indexOf(turn);
  return [turns[at + 1], turns[at - 1], ...turns]
    .map((each) => each?.dataset.who).find((who) => who && who !== turn.dataset.who) ?? turn.dataset.who;
};
const saidBy = (name, at = whole()) => (isFirst(at) && name === chosen().dataset.who) || send("mend", { act: "said-by", name, ...at }, Number(at.turn) + (isFirst(at) ? 0 : 1));
const acts = {
  hear: () => hearSentence(),
  split: () => { if (isFirst(here())) say(screen.dataset.first); else saidBy(beside(chosen()), here()); },
  join: () => send("mend", { act: "join", ...whole() }, Number(here().turn) - 1),
  "leave-out": () => send("mend", { act: "leave-out", ...here(), count: sentence().dataset.count }),
  "as-it-is": () => {
    const doubt = one("[data-remedy][data-act=as-it-is]", chosen());
    if (doubt) remedy(doubt); else say(screen.dataset.noDoubt);
  },
  edit: () => openEditor(),
  "said-by": (button) => saidBy(button.dataset.name),
  clean: () => send("clean", {}),
};
for (const part of ["lead", "byline", "title"]) acts[part] = () => send("mend", { act: part, ...here(), words: "0" });
for (const role of ["presenter", "reporter", "official"]) acts[role] = () => send("mend", { act: role, name: chosen().dataset.who });

/** Do what a problem's button says, at the problem's line. */
const remedy = (button) => {
  const { act, name, other } = button.dataset, note = button.closest("[data-problem]");
  const line = note.closest(".line");
  if (line) choose(line.closest(".said"), line);
  if (act === "read") return openReader([...all(".read", line ?? note.closest("li"))].find((each) => each.dataset.read === name), name);
  if (act === "edit") return openEditor();
  if (act === "clean") return send("clean", {});
  const row = note.closest("li");
  const fields = { act, name, other };
  if (row) fields.line = lineOf(note, note.dataset.at);
  return send("mend", fields);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) {
    const turn = event.target.closest(".said");
    if (turn && !event.target.closest("#tools, form")) choose(turn, event.target.closest(".line"));
    return;
  }
  const data = button.dataset;
  if ("remedy" in data) { remedy(button); return; }
  if (data.act === "keep") { send("mend", { act: "keep", line: lineOf(button, data.at) }); return; }
  if ("call" in data) { one("#call").open = true; one("#title").focus(); }
  if ("open" in data) { choose(button.closest(".said")); one("#tools button").focus(); }
  if ("read" in data) openReader(button, data.read);
  if ("close" in data) close(button.closest("form"));
  if (data.act && (chosen() || data.act === "clean")) acts[data.act](button);
  if (button.id === "say-reading") sayReading(button);
  if (button.id === "anew") again();
  if (button.id === "by-other" && one("#other").value.trim()) saidBy(one("#other").value.trim());
  if (button.id === "write") send("mend", { act: "call", title: one("#title").value, date: one("#date").value });
  if (button.id === "undo" && button.ariaDisabled !== "true") send("undo", {});
  if (button.id === "fresh") fresh().catch((error) => wrong(error.message));
  if (button.id === "next") toNext();
  if ("hear" in data) hear(button);
  if (button.id === "build") build();
  if (button.id === "stop") change(address("stop"), "{}").catch((error) => wrong(error.message));
});

// 4. A reading, or the words of a paragraph, written where they stand.
let opener = null;
const openForm = (form, after, from) => {
  for (const other of [reader, editor]) if (other !== form) close(other, false);
  opener = from;
  from?.setAttribute("aria-expanded", "true");
  after.after(form);
  form.hidden = false;
  const field = one("input[type=text], textarea", form);
  field.focus();
  field.select();
};
const openReader = (button, written) => {
  const line = button?.closest(".line") ?? sentence();
  if (!line) return;
  choose(line.closest(".said"), line);
  one("#reader-word").textContent = `“${written}”`;
  reader.dataset.written = written;
  one("#spoken").value = button?.dataset.said ?? "";
  openForm(reader, line, button);
};
const openEditor = () => {
  const { paragraph } = sentence().dataset;
  const lines = all(".line", chosen()).filter((each) => each.dataset.paragraph === paragraph);
  editor.dataset.turn = here().turn;
  editor.dataset.paragraph = paragraph;
  one("#words").value = lines.map((each) => one(".sentence", each).textContent).join(" ");
  openForm(editor, lines.at(-1), one("[data-act=edit]", tools));
};
/** Let the words that are written be heard, before they are the reading. */
const sayReading = async (button) => {
  const text = one("#spoken").value.trim();
  if (!text || button.ariaDisabled === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    const given = await change("/station/say", JSON.stringify({ text }));
    silence();
    await new Audio(given.address).play();
  } catch (error) {
    wrong(error.message);
  } finally {
    button.removeAttribute("aria-disabled");
  }
};
const close = (form, toOpener = true) => {
  if (form.hidden) return;
  form.hidden = true;
  opener?.setAttribute("aria-expanded", "false");
  if (toOpener && opener?.isConnected) opener.focus();
  else if (toOpener) sentence()?.focus();
};
reader.addEventListener("submit", async (event) => {
  event.preventDefault();
  const where = one("[name=where]:checked", reader).value;
  if (await send("mend", { act: "read", name: reader.dataset.written, other: one("#spoken").value, where })) close(reader, false);
});
editor.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { turn, paragraph } = editor.dataset;
  if (await send("mend", { act: "word", turn, paragraph, words: "0", text: one("#words").value })) close(editor, false);
});
editor.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  editor.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const form = [reader, editor].find((each) => !each.hidden);
  if (form) { event.stopPropagation(); close(form); }
  else if (tools.contains(event.target)) sentence()?.focus();
}, true);

// 5. A build runs in the studio, not in the page: a page that is opened later watches it too.
const build = async () => {
  wrong("");
  try {
    await change(address("build"), "{}");
    watch();
  } catch (error) {
    wrong(error.message);
  }
};
let watched = null;
const watch = () => {
  watched?.close();
  watched = follow(address("progress"), async (given) => {
    const over = ["done", "stopped", "failed"].includes(given.state);
    one("#job").hidden = over;
    one("#job-told").textContent = given.told;
    one("#job-bar").max = given.total || 1;
    one("#job-bar").value = given.done;
    if (!over) return;
    watched.close();
    silence();
    await fresh().catch(() => {});
    if (given.state === "failed") wrong([given.told, given.hint].filter(Boolean).join(" "));
    say(given.told);
  }, wrong);
};
if (one("#job[data-at-work]")) watch();
const hearSentence = () => {
  const { from, until } = sentence().dataset;
  const button = one("[data-hear]", chosen());
  if (from === undefined) { if (button) hear(button); return; }
  const own = one("[data-act=hear]", tools);
  own.dataset.hear = from;
  own.dataset.to = until;
  hear(own);
  delete own.dataset.hear;
};

// 6. A change from elsewhere is told, and shown when one wants it.
const look = async () => {
  if (document.hidden || atWork || !one("#outside").hidden) return;
  const before = screen.dataset.seen;
  const answer = await fetch(address("seen")).catch(() => null);
  const given = answer?.ok ? await answer.json() : null;
  if (!atWork && given && screen.dataset.seen === before && given.seen !== before) one("#outside").hidden = false;
};
setInterval(look, 2000);
document.addEventListener("visibilitychange", look);

// 7. Keys: the next place to look at, sentences, undo.
const toNext = () => {
  const places = all("[data-problem]");
  const at = places.findIndex((each) => each.contains(document.activeElement));
  const next = places[(at + 1) % places.length];
  if (!next) { say(screen.dataset.noProblem); return; }
  const turn = next.closest(".said");
  if (turn) choose(turn, next.closest(".line"));
  next.focus();
};
document.addEventListener("keydown", (event) => {
  if (event.isComposing || typing(event.target)) return;
  if (event.ctrlKey && event.key.toLowerCase() === "z") { event.preventDefault(); one("#undo").click(); return; }
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || !chosen() || event.ctrlKey || event.altKey || event.target.matches("[type=radio]")) return;
  const lines = all(".line", chosen());
  const next = lines[lines.indexOf(sentence()) + step];
  if (next) { event.preventDefault(); next.focus(); }
});
walk(".said, [data-stop]");
