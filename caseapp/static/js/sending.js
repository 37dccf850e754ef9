// Sending files in several requests, and saying how far that is.

const MOST_FILES = 20;
const MOST_BYTES = 60 * 1024 * 1024;
const UNITS = [["megabyte", 1e6], ["kilobyte", 1e3], ["byte", 0]];

export function inUnits(bytes) {
  const [unit, size] = UNITS.find(([_unit, least]) => bytes >= least);
  const lang = document.documentElement.lang;
  const unitDisplay = size ? "short" : "long";
  const format = new Intl.NumberFormat(lang, { style: "unit", unit, unitDisplay, maximumFractionDigits: 1 });
  return format.format(bytes / (size || 1));
}

export function bytesOf(pieces) {
  return pieces.reduce((sum, { file }) => sum + file.size, 0);
}

// Runs of files that fit into one request each.
export function requests(pieces) {
  const runs = [[]];
  let bytes = 0;
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last.length && (last.length === MOST_FILES || bytes + piece.file.size > MOST_BYTES)) {
      runs.push([]);
      bytes = 0;
    }
    runs.at(-1).push(piece);
    bytes += piece.file.size;
  }
  return runs;
}

// The request once it is answered, whatever the answer; rejects with the event that ended it without one.
export function post(address, body, onProgress, { headers = {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", onProgress);
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", reject);
    request.addEventListener("abort", reject);
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

// Shows in an area with these places how much of it is sent.
export function showSent(area, sentBytes, totalBytes) {
  area.hidden = false;
  area.querySelector("[data-sent]").textContent = inUnits(Math.min(sentBytes, totalBytes));
  area.querySelector("[data-total]").textContent = inUnits(totalBytes);
  area.querySelector("progress").value = totalBytes ? Math.min(100, (100 * sentBytes) / totalBytes) : 100;
}
