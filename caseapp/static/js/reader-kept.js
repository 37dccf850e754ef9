// The themes of the excerpt saved last, to be given again (r), or to every new excerpt until it is stopped (c).
// They live as long as the page: whoever leaves the document has stopped.
import { pickerIn } from "./reader-picker.js";

const panel = document.getElementById("panel");
const chip = document.getElementById("kept");

/** @type {{values: Set<string>, names: string[]}} */
let last = { values: new Set(), names: [] };
let isKept = false;

function noteChosen(event) {
  if (!event.target.matches("form")) return; // the list of themes asks for itself anew
  const { chosen } = pickerIn(panel);
  last = { values: new Set(chosen.map(({ box }) => box.value)), names: chosen.map(({ shown }) => shown) };
  if (isKept) show();
}

export function chooseLast() {
  pickerIn(panel).choose(last.values);
}

export function chooseKept() {
  if (isKept) chooseLast();
}

function show() {
  chip.hidden = !isKept;
  chip.querySelector("[data-names]").textContent = last.names.join(" · ");
}

export function toggleKept() {
  isKept = !isKept && last.values.size > 0;
  show();
}

export function answerKept() {
  panel.addEventListener("htmx:beforeRequest", noteChosen);
  chip.querySelector("button").addEventListener("click", toggleKept);
}
