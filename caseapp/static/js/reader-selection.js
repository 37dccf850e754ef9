// The button at the end of a selection, and the panel that it opens.
import { selectedPassage } from "./reader-offsets.js";
import { isMoving } from "./reader-bounds.js";
import { chooseKept } from "./reader-kept.js";
import { isOpen, open } from "./reader-panel.js";

const SETTLED = 120; // milliseconds without change after which a selection counts as made

const article = document.getElementById("article");
const button = document.getElementById("excerpt-button");

// A touch on the button may clear the selection before the click arrives, so the last one is kept.
let passage = null;

export const hasSelection = () => Boolean(selectedPassage(article));

// Just below the last selected line, counted from the sheet that holds the text.
function spotBelow(range) {
  const end = range.cloneRange();
  end.collapse(false);
  const boxes = range.getClientRects();
  const box = end.getClientRects()[0] ?? boxes[boxes.length - 1] ?? article.getBoundingClientRect();
  const sheet = button.parentElement.getBoundingClientRect();
  return { top: box.bottom - sheet.top + 6, left: box.right - sheet.left };
}

function showButton() {
  if (isOpen()) return;
  passage = isMoving() ? null : selectedPassage(article);
  button.hidden = !passage;
  if (!passage) return;
  const spot = spotBelow(passage.range);
  button.style.top = `${spot.top}px`;
  button.style.left = `${Math.max(0, Math.min(spot.left, button.parentElement.clientWidth - button.offsetWidth - 8))}px`;
}

export function excerptSelection() {
  passage = selectedPassage(article) ?? passage;
  if (!passage) return false;
  button.hidden = true;
  const spot = spotBelow(passage.range);
  open(passage, { top: spot.top, left: spot.left - 200 });
  chooseKept();
  return true;
}

export function forgetSelection() {
  passage = null;
  button.hidden = true;
}

export function watchSelection() {
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(showButton, SETTLED);
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", excerptSelection);
}
