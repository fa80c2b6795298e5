// A file on its way to the studio: how far it is, and what the studio says of it.
import { one } from "./asking.js";

/** Send a file, telling how far it is (0 to 1); give what is answered, or throw what is wrong. */
export const send = (address, file, told, stop) => new Promise((done, failed) => {
  const asking = new XMLHttpRequest();
  const wrong = (given, status) => failed(Object.assign(
    new Error([given.told, given.hint].filter(Boolean).join(" ") || one('meta[name="studio-failed"]').content),
    { status, given },
  ));
  asking.open("POST", address);
  asking.setRequestHeader("x-studio-change", one('meta[name="studio-change"]').content);
  asking.upload.addEventListener("progress", (event) => told(event.lengthComputable ? event.loaded / event.total : 0));
  asking.addEventListener("load", () => {
    let given = {};
    try { given = JSON.parse(asking.responseText); } catch { given = {}; }
    if (asking.status >= 200 && asking.status < 300) done(given); else wrong(given, asking.status);
  });
  asking.addEventListener("error", () => wrong({}, 0));
  asking.addEventListener("abort", () => failed(Object.assign(new Error(""), { stopped: true })));
  stop?.addEventListener("abort", () => asking.abort());
  asking.send(file);
});

/** Give the files of what was dropped, of a folder all that are in it. */
export const dropped = async (transfer) => {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = [];
  const walk = async (entry) => {
    if (entry.isFile) files.push(await new Promise((done, failed) => entry.file(done, failed)));
    if (!entry.isDirectory) return;
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return;
      for (const each of some) await walk(each);
    }
  };
  if (!entries.length) return [...transfer.files];
  for (const entry of entries) await walk(entry);
  return files;
};

/** Say a number of milliseconds as seconds with a tenth, as the page's language writes it. */
export const seconds = (ms) => `${(ms / 1000).toFixed(1).replace(".", one("#screen").dataset.decimal)} ${one("#screen").dataset.seconds}`;

/** Say a moment of a recording, with a tenth. */
export const moment = (ms) => {
  const tenths = Math.round(ms / 100);
  return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}${one("#screen").dataset.decimal}${tenths % 10}`;
};
