// The script screen: a turn and a sentence are chosen, mended, and shown as they are understood then.
import { all, change, one, say, typing, walk } from "./asking.js";
import { hear, silence } from "./hearing.js";

const screen = () => one("#screen");
const address = (what) => `/programmes/${encodeURIComponent(screen().dataset.name)}/${what}`;
const chosen = () => one(".said.now");
const sentence = () => one(".line[aria-current]");

// 1. One turn has the tools, one sentence of it is the one they act on.
const choose = (turn, line) => {
  const tools = one("#tools");
  if (!tools || !turn) return;
  if (chosen() !== turn) {
    for (const each of all(".said.now")) each.classList.remove("now");
    for (const each of all("[data-open]")) each.setAttribute("aria-expanded", turn.contains(each));
    turn.classList.add("now");
    turn.append(tools);
    tools.hidden = false;
  }
  for (const each of all(".line[aria-current]")) each.removeAttribute("aria-current");
  (line ?? one(".line", turn)).setAttribute("aria-current", "true");
};
document.addEventListener("focusin", (event) => {
  const turn = event.target.closest(".said");
  if (turn && event.target.matches(".said, .line")) choose(turn, event.target.closest(".line"));
});

// 2. What is wanted goes to the studio with what was seen of the file; nothing is changed here.
const wrong = (words) => {
  const place = one("#wrong");
  place.hidden = !words;
  one("p", place).textContent = words;
};
let atWork = false;
const send = async (what, fields, turn) => {
  if (atWork) return;
  atWork = true;
  wrong("");
  try {
    await change(address(what), JSON.stringify({ ...fields, seen: screen().dataset.seen }));
    await fresh(turn);
    say(screen().dataset.done);
  } catch (error) {
    wrong(error.message);
    const offer = one("#offer-clean");
    if (offer) offer.hidden = error.status !== 422;
  } finally {
    atWork = false;
  }
};
const here = () => ({
  turn: chosen().dataset.turn,
  paragraph: sentence().dataset.paragraph,
  words: sentence().dataset.words,
});
const first = (place) => place.paragraph === "0" && place.words === "0";
const saidBy = (who, from) => {
  const place = from ?? { ...here(), paragraph: "0", words: "0" };
  send("mend", { act: "said-by", who, ...place }, Number(place.turn) + (first(place) ? 0 : 1));
};
/** Give who speaks beside a turn, and is somebody else: a wrong split is most often theirs. */
const beside = (turn) => {
  const turns = all(".said"), at = turns.indexOf(turn);
  return [turns[at + 1], turns[at - 1], ...turns]
    .map((each) => each?.dataset.who).find((who) => who && who !== turn.dataset.who) ?? turn.dataset.who;
};
const acts = {
  split: () => { if (!first(here())) saidBy(beside(chosen()), here()); },
  join: () => send("mend", { act: "join", ...here(), paragraph: "0", words: "0" }, Number(here().turn) - 1),
  "leave-out": () => send("mend", { act: "leave-out", ...here(), words: "0" }, Number(here().turn)),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) {
    const turn = event.target.closest(".said");
    if (turn && !event.target.closest("#tools")) choose(turn, event.target.closest(".line"));
    return;
  }
  const data = button.dataset;
  if ("open" in data) { choose(button.closest(".said")); one("#tools button").focus(); }
  if (data.act && chosen()) acts[data.act]();
  if (data.saidBy && chosen()) saidBy(data.saidBy);
  if (data.keep) send("mend", { act: "keep", line: data.keep });
  if (button.id === "by-other" && one("#other").value.trim()) saidBy(one("#other").value.trim());
  if (button.id === "write") send("mend", { act: "call", title: one("#title").value, date: one("#date").value });
  if (button.id === "undo" && button.ariaDisabled !== "true") send("undo", {});
  if (button.id === "clean") send("clean", {});
  if (button.id === "fresh") fresh();
  if (button.id === "next") toNext();
  if ("hear" in data) hear(button);
  if (button.id === "build") build();
  if (button.id === "stop") change(address("stop"), "{}").catch((error) => wrong(error.message));
});

// 3. The screen as the studio has it now, with the same turn in hand.
const fresh = async (turn) => {
  const place = turn ?? chosen()?.dataset.turn;
  const answer = await fetch(address("script"));
  if (!answer.ok) throw new Error(one('meta[name="studio-failed"]').content);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  silence();
  screen().replaceWith(document.importNode(one("#screen", page), true));
  const again = place === undefined ? null : one(`#turn-${CSS.escape(place)}`) ?? all(".said").at(-1);
  again?.focus();
};

// A build runs in the studio, not in the page: a page that is opened later watches it too.
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
  watched = new EventSource(address("progress"));
  watched.addEventListener("message", async (event) => {
    const given = JSON.parse(event.data);
    const over = ["done", "stopped", "failed"].includes(given.state);
    one("#job").hidden = over;
    one("#job-told").textContent = given.told;
    one("#job-bar").max = given.total || 1;
    one("#job-bar").value = given.done;
    if (!over) return;
    watched.close();
    await fresh().catch(() => {});
    if (given.state === "failed") wrong([given.told, given.hint].filter(Boolean).join(" "));
    say(given.told);
  });
};
if (one("#job[data-at-work]")) watch();

// 4. A change from elsewhere is told, and shown when one wants it.
const look = async () => {
  if (document.hidden || atWork || !one("#outside")?.hidden) return;
  const before = screen().dataset.seen;
  const answer = await fetch(address("seen")).catch(() => null);
  if (atWork || screen().dataset.seen !== before) return;
  const given = answer?.ok ? await answer.json() : null;
  if (given && given.seen !== before) one("#outside").hidden = false;
};
setInterval(look, 2000);
document.addEventListener("visibilitychange", look);

// 5. Keys: the next place to look at, sentences, undo.
const toNext = () => {
  const places = all("[data-problem]");
  const at = places.indexOf(document.activeElement);
  const next = places[(at + 1) % places.length];
  if (!next) { say(screen().dataset.noProblem); return; }
  choose(next.closest(".said"));
  next.focus();
};
document.addEventListener("keydown", (event) => {
  if (event.isComposing || typing(event.target)) return;
  if (event.ctrlKey && event.key.toLowerCase() === "z") { event.preventDefault(); one("#undo").click(); return; }
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || !chosen() || event.ctrlKey || event.altKey) return;
  const lines = all(".line", chosen());
  const next = lines[lines.indexOf(sentence()) + step];
  if (next) { event.preventDefault(); next.focus(); }
});
walk(".said");
