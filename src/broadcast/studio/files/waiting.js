// Recordings of many turns: brought, listened to beside the page, heard, set right, and used.
import { all, change, element, follow, one, say } from "./asking.js";
import { hearOther } from "./deck.js";
import { moment, send } from "./sending.js";

const address = (what) => `/programmes/${encodeURIComponent(one("#screen").dataset.name)}/${what}`;
const wrong = (place, words) => {
  if (!place) return;
  place.hidden = !words;
  one("p", place).textContent = words;
};

// 1. Bringing them, one after the other; a bad one is told, and the others come all the same.
let stopping = null;
export const bringAll = async (files) => {
  const place = one("#bringing"), words = one("span", place), bar = one("progress", place), told = [];
  if (stopping) return;
  stopping = new AbortController();
  wrong(one("#bring-wrong"), "");
  place.hidden = false;
  one("#bring").scrollIntoView({ block: "nearest" });
  const whole = files.reduce((sum, file) => sum + file.size, 0) || 1;
  let done = 0, kept = 0;
  for (const [at, file] of files.entries()) {
    words.textContent = `${one("#screen").dataset.sending} ${at + 1}/${files.length}: ${file.name}`;
    try {
      await send(address(`waiting/bring?file=${encodeURIComponent(file.name)}`), file, (share) => { bar.value = (done + share * file.size) / whole; }, stopping.signal);
      kept += 1;
    } catch (error) {
      if (error.stopped) break;
      // What else lies in a folder is no recording: only of what was chosen alone it is told.
      if (files.length === 1 || error.status !== 422) told.push(error.message);
    }
    done += file.size;
  }
  const stopped = stopping.signal.aborted;
  stopping = null;
  place.hidden = true;
  wrong(one("#bring-wrong"), told.join(" "));
  if (stopped) await change(address("waiting/forget"), "{}").catch(() => {});
  else if (kept) await begin(kept === 1 ? "long" : "folder");
  else if (!told.length) wrong(one("#bring-wrong"), one("#bring").dataset.none);
};

const begin = async (kind) => {
  try {
    await change(address("waiting/begin"), JSON.stringify({ kind }));
    await show();
    one("#waiting").scrollIntoView({ block: "center" });
    watchWaiting();
  } catch (error) {
    wrong(one("#bring-wrong"), error.message);
  }
};

// 2. The listening is watched; then what was found is shown.
const show = async (withFocus = false) => {
  const answer = await fetch(address("waiting")).catch(() => null);
  if (!answer?.ok) return;
  const text = (await answer.text()).trim();
  one("#waiting").replaceChildren(...(text ? [element(text)] : []));
  tellAll();
  if (withFocus) { one("#waits")?.scrollIntoView({ block: "start" }); one("#waits")?.focus({ preventScroll: true }); }
};
const used = () => document.dispatchEvent(new Event("recordings-used"));
let watched = null;
export const watchWaiting = () => {
  tellAll();
  if (!one("[data-waiting-work]")) return;
  watched?.close();
  watched = follow(address("waiting/progress"), async (given) => {
    const over = ["done", "stopped", "failed"].includes(given.state);
    if (one("#waiting-told")) {
      one("#waiting-told").textContent = given.told;
      one("#waiting-bar").max = given.total || 1;
      one("#waiting-bar").value = given.done;
    }
    if (!over) return;
    watched.close();
    watched = null;
    await show(true);
    say(given.told);
    if (given.state === "done" && !one("#waits")) used();
  }, (words) => wrong(one("#bring-wrong"), words));
};

// 3. Each cut is heard two seconds either side, and moved.
const AROUND_MS = 2000;
const tellCut = (row) => {
  for (const which of ["begin", "end"]) {
    const handle = one(`[data-cut-point=${which}]`, row);
    if (!handle) return;
    const told = moment(Number(handle.value));
    handle.setAttribute("aria-valuetext", told);
    one(`[data-cut-told=${which}]`, row).textContent = told;
  }
};
const tellAll = () => { for (const row of all("[data-cut]")) tellCut(row); };
const points = (row) => ["begin", "end"].map((which) => Number(one(`[data-cut-point=${which}]`, row).value));
// Of each row its last state counts: they are sent one after another, and what is not yet sent as the page is left.
const unsent = new Map();
const sendCut = (body) => change(address("waiting/cut"), body, { keepalive: true }).catch((error) => wrong(one("#waits-wrong"), error.message));
const sendThem = async () => {
  if (!unsent.size) return;
  const place = one("#waits");
  place.dataset.sending = "";
  for (const [turn, body] of unsent) {
    unsent.delete(turn);
    await sendCut(body);
  }
  delete place.dataset.sending;
};
let sending = null;
const sendAll = () => sending ??= sendThem().finally(() => { sending = null; });
addEventListener("pagehide", () => { for (const body of unsent.values()) sendCut(body); });
document.addEventListener("input", (event) => {
  const row = event.target.closest("[data-cut]");
  if (row) tellCut(row);
});
document.addEventListener("change", async (event) => {
  const pair = event.target.matches("[data-pair-turn]") && event.target.closest("[data-pair]");
  if (pair) {
    const body = { file: pair.dataset.pair, turn: event.target.value };
    await change(address("waiting/pair"), JSON.stringify(body), { keepalive: true }).catch((error) => wrong(one("#waits-wrong"), error.message));
  }
  const row = event.target.closest("[data-cut]");
  if (!row) return;
  const [from, to] = points(row), use = one("[data-cut-use]", row);
  // Who moves a cut has heard it, and wants it.
  if (event.target !== use) use.checked = true;
  const body = { turn: row.dataset.cut, begin: String(from), end: String(to), use: use.checked ? "yes" : "no" };
  unsent.set(row.dataset.cut, JSON.stringify(body));
  await sendAll();
});

const accept = async () => {
  await sendAll();
  wrong(one("#waits-wrong"), "");
  const pairs = all("[data-pair]").map((row) => [row.dataset.pair, one("[data-pair-turn]", row).value]);
  try {
    await change(address("waiting/accept"), JSON.stringify(Object.fromEntries(pairs)));
    await show();
    watchWaiting();
    if (!one("#waiting").childElementCount) used();  // it was done at once
  } catch (error) {
    wrong(one("#waits-wrong"), error.message);
  }
};
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { dataset } = button, row = button.closest("[data-cut]");
  if ("begin" in dataset && button.closest("#waits")) begin(dataset.begin);
  if ("accept" in dataset) accept();
  if ("forget" in dataset) {
    await change(address("waiting/forget"), "{}").catch(() => {});
    await show();
    one("#bring-folder")?.focus();
  }
  if (button.id === "waiting-stop") change(address("waiting/stop"), "{}").catch(() => {});
  if (button.id === "bring-stop") stopping?.abort();
  if ("cutHear" in dataset) {
    const [from, to] = points(row), around = { begin: [from - AROUND_MS, from + AROUND_MS], end: [to - AROUND_MS, to + AROUND_MS], all: [from, to] };
    const [start, end] = around[dataset.cutHear];
    hearOther(button, address(`waiting/piece?from=${Math.max(0, start)}&to=${end}`));
  }
  if ("pairHear" in dataset) {
    hearOther(button, address(`waiting/piece?file=${button.closest("[data-pair]").dataset.number}&from=0&to=300000`));
  }
});
