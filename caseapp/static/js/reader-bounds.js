// Moving the bounds of an excerpt where it stands: its words become the selection, which grows and shrinks; Enter saves.
import { selectedPassage } from "./reader-offsets.js";
import { selectRange } from "./reader-place.js";
import { cardOf, goToMark, marksOf } from "./reader-marks.js";

const article = document.getElementById("article");
const bar = document.getElementById("bounds-bar");

let key = null;

export const isMoving = () => key !== null;

function link() {
  return cardOf(key).querySelector("[data-bounds]");
}

/** Whether it began: the excerpt must stand in the page. */
export function moveBounds(of) {
  const marks = marksOf(of);
  if (!marks.length) return false;
  key = of;
  const range = document.createRange();
  range.setStartBefore(marks[0]);
  range.setEndAfter(marks[marks.length - 1]);
  marks[0].scrollIntoView({ block: "nearest" });
  article.focus({ preventScroll: true });
  selectRange(range);
  bar.hidden = false;
  return true;
}

export function leaveBounds() {
  const left = key;
  key = null;
  bar.hidden = true;
  window.getSelection().removeAllRanges();
  if (left) goToMark(left);
}

export function saveBounds() {
  const passage = selectedPassage(article);
  if (!passage) return;
  const { start, end } = passage;
  const values = { start, end, version: link().dataset.version };
  window.htmx.ajax("POST", link().href, { source: bar, values, swap: "none" });
}

export function answerBounds() {
  const [save, leave] = bar.querySelectorAll("button");
  for (const button of [save, leave]) button.addEventListener("pointerdown", (event) => event.preventDefault());
  save.addEventListener("click", saveBounds);
  leave.addEventListener("click", leaveBounds);
  document.body.addEventListener("excerpt-changed", () => {
    key = null;
    bar.hidden = true;
  });
  document.getElementById("margin").addEventListener("click", (event) => {
    const clicked = event.target.closest("[data-bounds]");
    if (!clicked || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (moveBounds(clicked.closest("[data-excerpt]").dataset.excerpt)) event.preventDefault();
  });
}
