// Sends the files of an import in several requests, with progress, and takes files that are dropped anywhere on the
// page. Without this script the form sends them all at once.

import { takeDrops } from "./dropping.js";
import { say } from "./messages.js";
import { bytesOf, inUnits, post, requests, showSent } from "./sending.js";

const form = document.getElementById("import-form");
const area = document.getElementById("upload-progress");
let isSending = false;
// How far the sending of these very files had come when it stopped.
let stopped = { files: "", page: "", requests: 0 };

function chosen() {
  const inputs = [...form.querySelectorAll("[data-upload-files]")];
  return inputs.flatMap((input) => [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
}

function bodyOf(run, isFirst, isLast) {
  const body = isFirst ? new FormData(form) : new FormData();
  for (const name of ["files_chosen", "folder"]) body.delete(name);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const { file, path } of run) {
    body.append("files_chosen", file, file.name);
    body.append("path", path);
  }
  if (!isLast) body.set("more", "on");
  return body;
}

function list(pieces) {
  const items = pieces.map(({ file, path }) => {
    const item = document.createElement("li");
    item.textContent = `${path} · ${inUnits(file.size)}`;
    return item;
  });
  area.querySelector("[data-files]").replaceChildren(...items);
  area.querySelector("[data-file]").textContent = pieces.length === 1 ? pieces[0].path : pieces.length;
}

async function send(pieces) {
  const runs = requests(pieces);
  const total = bytesOf(pieces);
  const files = pieces.map(({ file, path }) => `${path} ${file.size}`).join("\n");
  if (stopped.files !== files) stopped = { files, page: "", requests: 0 };
  let sent = 0;
  let page = stopped.page;
  list(pieces);
  for (const [number, run] of runs.entries()) {
    if (number < stopped.requests) {
      sent += bytesOf(run);
      continue;
    }
    const address = page ? new URL("files/", page) : form.action;
    const body = bodyOf(run, number === 0, number === runs.length - 1);
    const answer = await post(address, body, (event) => showSent(area, sent + event.loaded, total));
    if (answer.status >= 400) throw answer;
    page ||= answer.responseURL;
    stopped = { files, page, requests: number + 1 };
    sent += bytesOf(run);
    showSent(area, sent, total);
  }
  return page;
}

async function start(pieces) {
  if (isSending) return;
  isSending = true;
  form.querySelector("[type=submit]").disabled = true;
  try {
    const page = await send(pieces);
    isSending = false;
    window.location.assign(page);
  } catch {
    isSending = false;
    form.querySelector("[type=submit]").disabled = false;
    say(area.dataset.failed, "error");
  }
}

form.addEventListener("submit", (event) => {
  const pieces = chosen();
  if (!pieces.length) return;
  event.preventDefault();
  start(pieces);
});

window.addEventListener("beforeunload", (event) => {
  if (isSending) event.preventDefault();
});

takeDrops(start);
