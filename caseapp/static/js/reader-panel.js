// The panel that opens on a selection: filled in, placed, closed, and told when its excerpt was saved.
import { pickerIn } from "./reader-picker.js";
import { answerSuggested, suggestFor } from "./reader-suggested.js";

const SHOWN = 240; // characters of the selection that the panel repeats

const panel = document.getElementById("panel");
const words = document.getElementById("panel-words");
const form = () => panel.querySelector("form");
const field = (name) => form().elements.namedItem(name);

let passage = null;

export const isOpen = () => !panel.hidden;

function paintPending(range) {
  if (!window.Highlight) return;
  if (range) CSS.highlights.set("pending", new Highlight(range));
  else CSS.highlights.delete("pending");
}

function fillIn() {
  field("start").value = passage.start;
  field("end").value = passage.end;
  field("words").value = passage.words;
}

// Below the end of the selection; a phone's style sheet keeps it at the foot of the screen instead.
function place(spot) {
  panel.style.top = `${spot.top}px`;
  panel.style.left = `${Math.max(0, Math.min(spot.left, panel.parentElement.clientWidth - panel.offsetWidth - 8))}px`;
}

export function open(selected, spot) {
  passage = selected;
  fillIn();
  words.textContent = passage.words.length > SHOWN ? `${passage.words.slice(0, SHOWN)}…` : passage.words;
  paintPending(passage.range);
  panel.hidden = false;
  place(spot);
  focusSearch();
  suggestFor(passage.start, passage.end);
  panel.scrollIntoView({ block: "nearest" });
}

export function focusSearch() {
  const { search } = pickerIn(panel);
  (search.hidden ? field("note") : search).focus({ preventScroll: true });
}

export const chooseRecent = (key) => pickerIn(panel).chooseRecent(key);

export function toggleAdverse() {
  field("is_adverse").checked = !field("is_adverse").checked;
}

// Closes without saving; what was selected is selected again, so that it can be mended.
export function dismiss() {
  const { range } = passage;
  close();
  document.getElementById("article").focus({ preventScroll: true });
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

function close() {
  panel.hidden = true;
  paintPending(null);
}

// onSaved(key) is called once the excerpt stands in the page.
export function answerPanel(onSaved) {
  document.getElementById("panel-close").addEventListener("click", dismiss);
  document.body.addEventListener("excerpt-changed", (event) => {
    if (isOpen()) close();
    window.getSelection().removeAllRanges();
    onSaved(event.detail.key);
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (!panel.contains(event.target) || event.target.matches(".picker-list")) return;
    pickerIn(panel);
    if (!isOpen()) return;
    fillIn();
    (panel.querySelector(".alert a, .alert") ?? panel).scrollIntoView({ block: "nearest" });
    focusSearch();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyA") {
      event.preventDefault();
      toggleAdverse();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form().requestSubmit();
    }
  });
  answerSuggested();
  pickerIn(panel);
}
