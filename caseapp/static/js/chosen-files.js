// The files of a form: chosen or dropped, listed, taken away again, and sent with progress. What is chosen is what the
// field holds, so that without this script, and where none is chosen, the form is sent as any other.

import { takeDrops } from "./dropping.js";
import { say } from "./messages.js";
import { bytesOf, inUnits, post, requests, showSent } from "./sending.js";

let input, panel, area;
let chosen = [];
// What cannot be sent, each with the sentence that says why.
let refused = [];
let sending = null;

const filled = (sentence, words) => sentence.replace(/\{(\w+)\}/g, (_all, name) => words[name]);

function wrongWith(file) {
  const { empty, tooLarge, wrongKind } = panel.dataset;
  const name = file.name.toLowerCase().trim();
  if (!input.accept.split(",").some((extension) => name.endsWith(extension))) return wrongKind;
  if (!file.size) return empty;
  return file.size > Number(input.dataset.mostBytes) ? tooLarge : "";
}

function tell(...sentences) {
  panel.querySelector("[data-said]").textContent = sentences.join(" ");
}

function howMany() {
  const size = inUnits(bytesOf(chosen.map((file) => ({ file }))));
  return chosen.length ? filled(panel.dataset.chosen, { count: chosen.length, size }) : panel.dataset.none;
}

function rowOf(file, sentence) {
  const row = panel.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = file.name;
  row.querySelector("[data-size]").textContent = inUnits(file.size);
  row.querySelector("[data-wrong]").textContent = sentence;
  row.querySelector("[data-of]").textContent = `: ${file.name}`;
  const button = row.querySelector("button");
  button.hidden = Boolean(sending);
  button.addEventListener("click", () => takeAway(file));
  return row;
}

// The field, the list, and whoever listens to the field hold the same.
function keep(files) {
  chosen = files;
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const rows = [...refused.map(({ file, sentence }) => rowOf(file, sentence)), ...files.map((file) => rowOf(file, ""))];
  panel.querySelector("[data-files]").replaceChildren(...rows);
}

function takeAway(file) {
  if (sending) return;
  refused = refused.filter((one) => one.file !== file);
  keep(chosen.filter((one) => one !== file));
  tell(filled(panel.dataset.takenAway, { name: file.name }), howMany());
  (panel.querySelector("[data-files] button") ?? input).focus();
}

const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

function take(files) {
  if (sending) return;
  const judged = files.map((file) => ({ file, sentence: wrongWith(file) }));
  const bad = judged.filter(({ sentence }) => sentence);
  const good = judged.filter(({ sentence }) => !sentence).map(({ file }) => file);
  const isOneOnly = !input.multiple;
  const before = isOneOnly ? [] : chosen.filter((one) => !good.some((other) => isSame(one, other)));
  refused = [...(isOneOnly ? [] : refused.filter((one) => !bad.some(({ file }) => isSame(one.file, file)))), ...bad];
  const said = bad.length ? [filled(panel.dataset.refused, { names: bad.map(({ file }) => `“${file.name}”`).join(", ") })] : [];
  if (isOneOnly && good.length > 1) said.unshift(filled(panel.dataset.onlyOne, { name: good[0].name }));
  keep(isOneOnly ? good.slice(0, 1) : [...before, ...good]);
  tell(...said, howMany());
}

function bodyOf(run, isOneOfSeveral) {
  const body = new FormData(input.form);
  body.delete(input.name);
  for (const { file } of run) body.append(input.name, file, file.name);
  // A title is that of one file, and is not sent for several, as many requests as they take.
  const title = input.dataset.titleFrom && document.querySelector(input.dataset.titleFrom);
  if (title && isOneOfSeveral) body.set(title.name, "");
  return body;
}

// The address where the last answer leads. Throws an answer that leads nowhere. What arrived is chosen no more.
async function send() {
  const pieces = chosen.map((file) => ({ file }));
  const total = bytesOf(pieces);
  const how = { headers: { "HX-Request": "true" }, signal: sending.signal };
  let sent = 0;
  let page = "";
  function show(bytes) {
    showSent(area, bytes, total);
    const isAllSent = bytes >= total;
    area.querySelector("[data-cancel]").hidden = isAllSent;
    if (isAllSent) tell(panel.dataset.stored);
  }
  showSent(area, 0, total);
  for (const run of requests(pieces)) {
    const body = bodyOf(run, pieces.length > 1);
    const answer = await post(input.form.action, body, (event) => show(sent + event.loaded), how);
    page = answer.getResponseHeader("HX-Redirect");
    if (!page) throw answer;
    sent += bytesOf(run);
    show(sent);
    keep(chosen.filter((file) => !run.some((piece) => piece.file === file)));
  }
  return page;
}

function setBusy(isBusy) {
  for (const button of input.form.querySelectorAll("[type=submit]")) button.disabled = isBusy;
  for (const button of panel.querySelectorAll("[data-files] button")) button.hidden = isBusy;
  input.disabled = isBusy;
}

// A page that was answered instead of an address: the form with what is wrong in it, or what else there is to say.
function showAnswer(answer) {
  const main = new DOMParser().parseFromString(answer.responseText, "text/html").querySelector("main");
  if (main?.querySelector("[data-chosen-files]")) {
    document.querySelector("main").replaceChildren(...main.childNodes);
    begin();
    document.dispatchEvent(new Event("form-answered"));
    (document.querySelector("main .is-invalid, main .alert") ?? input).scrollIntoView({ block: "center" });
    document.querySelector("main .is-invalid")?.focus();
  } else if (answer.status < 400) {
    say(panel.dataset.signedOut, "error");
  } else {
    const words = [...(main?.querySelectorAll("h1, .sheet > p:first-child") ?? [])].map((one) => one.textContent.trim());
    say(words.join(". ") || panel.dataset.broken, "error");
  }
}

function stoppedBy(reason, isCancelled) {
  area.hidden = true;
  setBusy(false);
  tell(howMany());
  if (reason instanceof XMLHttpRequest) showAnswer(reason);
  else if (!(reason instanceof ProgressEvent)) throw reason;
  else if (isCancelled) say(panel.dataset.cancelled, "info");
  else say(panel.dataset.broken, "error");
}

async function start() {
  sending = new AbortController();
  area.querySelector("[data-cancel]").hidden = false;
  tell(panel.dataset.sending);
  const going = send();
  setBusy(true);
  try {
    const page = await going;
    sending = null;
    window.location.assign(page);
  } catch (reason) {
    const isCancelled = sending.signal.aborted;
    sending = null;
    stoppedBy(reason, isCancelled);
  }
}

function begin() {
  input = document.querySelector("[data-chosen-files]");
  panel = document.getElementById("chosen-files");
  area = document.getElementById("files-sending");
  const zone = input.closest(".drop-zone");
  zone.append(panel);
  panel.hidden = false;
  area.querySelector("[data-cancel]").addEventListener("click", () => sending?.abort());
  input.addEventListener("change", () => take([...input.files]));
  input.form.addEventListener("submit", (event) => {
    if (!chosen.length) return;
    event.preventDefault();
    if (!sending) start();
  });
  // A browser that goes back to this page may have kept what the field held.
  if (!chosen.length && input.files.length) take([...input.files]);
  else if (chosen.length || refused.length) {
    keep(chosen);
    tell(howMany());
  }
}

begin();
takeDrops((pieces) => take(pieces.map(({ file }) => file)));
window.addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});
