// Looking through a draft, approving it by name, publishing, withdrawing and copying it to the host.
import { all, change, follow, one, say } from "./asking.js";

const screen = () => one("#screen");
const address = (what) => `/programmes/${encodeURIComponent(screen().dataset.name)}/${what}`;

// What went wrong stands above everything, with the button that says how it may go on.
const wrong = (error, again) => {
  const place = one("#wrong");
  place.hidden = !error;
  if (!error) return;
  one("p", place).textContent = error.message;
  one("ul", place).replaceChildren(...(error.problems ?? []).map((told) => Object.assign(document.createElement("li"), { textContent: told })));
  const way = { "clock.leaps": "clock", "upload.strangers.left": "files", "upload.host-key": "key" }[error.code];
  for (const button of all("[data-again]", place)) {
    button.hidden = button.dataset.again !== way || !again;
    button.onclick = () => again(way);
  }
  place.focus();
};

// The screen as the studio has it now; what takes a moment comes after it.
const fill = () => {
  one("#by").value ||= localStorage.getItem("approved-by") ?? "";  // who is quick has typed already
  for (const place of all("[data-part]")) {
    fetch(address(place.dataset.part)).then(async (answer) => {
      if (answer.ok) place.innerHTML = await answer.text();
      else place.textContent = one('meta[name="studio-failed"]').content;
    }).catch(() => { place.textContent = one('meta[name="studio-failed"]').content; });
  }
  if ("uploads" in screen().dataset) watch();
};
const asItIs = async () => {
  const answer = await fetch(address("publish"));
  if (!answer.ok) throw new Error(one('meta[name="studio-failed"]').content);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return one("#screen", page) ?? location.reload();
};
const put = (now) => {
  const typed = one("#by").value;
  screen().replaceWith(document.importNode(now, true));
  fill();
  if (typed) one("#by").value = typed;
};
const fresh = async () => put(await asItIs());

let atWork = false;
const ask = async (where, fields, done, again) => {
  if (atWork) { say(screen().dataset.busy); return false; }
  atWork = true;
  wrong(null);
  try {
    const given = await change(where, JSON.stringify(fields));
    await fresh();
    if (done) say(screen().dataset[done]);
    return given;
  } catch (error) {
    if (error.code === "publish.built-meanwhile") await fresh().catch(() => {});
    wrong(error, again);
    return false;
  } finally {
    atWork = false;
  }
};

const approve = async () => {
  const by = one("#by").value.trim();
  if (!by) { one("#by").focus(); return; }
  localStorage.setItem("approved-by", by);
  if (await ask(address("approve"), { by, draft: screen().dataset.draft }, "approved")) (one(".button.main") ?? one("#h-publish")).focus();
};
const publish = async (more = {}) => {
  const button = one("#publish");
  if (button.ariaDisabled === "true") { say(screen().dataset.waits); one("#by").focus(); return; }
  const later = one("[name=when][value=later]")?.checked;
  const at = later ? `${one("#day").value}T${one("#hour").value}` : "";
  if (later && !(one("#day").value && one("#hour").value)) { wrong(new Error(screen().dataset.noTime)); return; }
  const then = one("#then-upload")?.checked && !later;
  button.ariaDisabled = "true";
  const words = one("span", button), before = words.textContent;
  words.textContent = button.dataset.working;
  const done = await ask(address("publish"), { draft: screen().dataset.draft, at, ...more }, "published", () => publish({ clock: "right" }));
  button.ariaDisabled = null;
  words.textContent = before;
  if (done && then) upload();
};
const feed = (more = {}) => ask("/feed", more, "fed", () => feed({ clock: "right" }));

// Copying runs in the studio, not in the page: one that is opened later watches it too.
const upload = async (more = {}) => {
  wrong(null);
  try {
    await change("/upload", JSON.stringify(more));
    watch();
  } catch (error) {
    wrong(error);
  }
};
// What is copied is there: what is left to do is to look at it.
const leadOn = () => {
  const page = one("#page"), key = one("#upload kbd");
  if (!page || !one("#upload.main")) return;
  one("#upload").classList.remove("main");
  page.classList.add("main");
  if (key) page.append(key);
};
let watched = null;
const watch = () => {
  watched?.close();
  one("#uploaded").hidden = true;
  watched = follow("/upload/progress", (given) => {
    const over = ["done", "stopped", "failed"].includes(given.state);
    one("#job").hidden = over;
    one("#upload").hidden = !over;
    one("#job-told").textContent = given.told;
    one("#job-bar").max = given.total || 1;
    one("#job-bar").value = given.done;
    if (!over) return;
    watched.close();
    if (given.state === "failed") {
      const error = Object.assign(new Error([given.told, given.hint].filter(Boolean).join(" ")), { code: given.code });
      wrong(error, (way) => upload({ files: { files: "ours" }, key: { key: "right" } }[way]));
    } else {
      one("#uploaded").hidden = false;
      one("#uploaded").textContent = given.told;
      if (given.state === "done") leadOn();
    }
  }, (words) => wrong(words && new Error(words)));
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.id === "approve") approve();
  if (button?.id === "publish") publish();
  if (button?.id === "feed") feed();
  if (button?.id === "withdraw") ask(address("withdraw"), {}, "withdrawn");
  if (button?.id === "upload") upload();
  if (button?.id === "stop") change("/upload/stop", "{}").catch(wrong);
  if (button?.id === "copy") navigator.clipboard.writeText(button.dataset.address).then(() => { button.textContent = screen().dataset.copied; say(screen().dataset.copied); });
});
document.addEventListener("change", (event) => {
  if (event.target.name === "when") one("#later").hidden = event.target.value !== "later";
});
// Who comes back to the page sees what became of the draft meanwhile.
document.addEventListener("visibilitychange", async () => {
  if (document.hidden || atWork) return;
  const now = await asItIs().catch(() => null);
  if (!now || atWork) return;
  const known = screen().dataset;
  if (now.dataset.draft !== known.draft || now.dataset.state !== known.state) put(now);
});
fill();
