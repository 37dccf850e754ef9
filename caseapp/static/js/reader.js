// The reader page: select words, press a button or a key, choose themes, save; all without leaving the page.
import { selectedPassage } from "./reader-offsets.js";
import { moveEdge, pickParagraph } from "./reader-growing.js";
import { answerMarksAndCards, goToNeighbour, settleOn } from "./reader-marks.js";
import { answerPages } from "./reader-pages.js";
import { answerPanel, chooseRecent, dismiss, isOpen, open, toggleAdverse } from "./reader-panel.js";

const SETTLED = 120; // milliseconds without change after which a selection counts as made

const article = document.getElementById("article");
const button = document.getElementById("excerpt-button");
const keys = document.getElementById("keys");

// A touch on the button may clear the selection before the click arrives, so the last one is kept.
let passage = null;

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
  passage = selectedPassage(article);
  button.hidden = !passage;
  if (!passage) return;
  const spot = spotBelow(passage.range);
  button.style.top = `${spot.top}px`;
  button.style.left = `${Math.max(0, Math.min(spot.left, button.parentElement.clientWidth - button.offsetWidth - 8))}px`;
}

function excerptSelection() {
  passage = selectedPassage(article) ?? passage;
  if (!passage) return false;
  button.hidden = true;
  const spot = spotBelow(passage.range);
  open(passage, { top: spot.top, left: spot.left - 200 });
  return true;
}

function watchSelection() {
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(showButton, SETTLED);
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", excerptSelection);
}

const hasSelection = () => Boolean(selectedPassage(article));

const plainKeys = {
  e: excerptSelection,
  j: () => goToNeighbour(1),
  k: () => goToNeighbour(-1),
  p: () => pickParagraph(1),
  P: () => pickParagraph(-1),
  "?": () => keys.showModal(),
  a: () => {
    if (!isOpen() && !(hasSelection() && excerptSelection())) return;
    toggleAdverse();
  },
};

const isTyping = (element) => element.closest("input:not([type=checkbox]), textarea, select");

function growOrShrink(event) {
  const arrow = { ArrowLeft: "left", ArrowRight: "right" }[event.key];
  if (!arrow || !event.shiftKey || !hasSelection()) return false;
  moveEdge(event.ctrlKey ? "start" : "end", event.altKey ? "sentence" : "word", arrow);
  return true;
}

function answerKey(event) {
  if (event.key === "Escape" && isOpen()) return dismiss();
  if (event.isComposing || isTyping(event.target) || keys.open) return undefined;
  if (!isOpen() && growOrShrink(event)) return event.preventDefault();
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (/^[1-9]$/.test(event.key)) {
    if (isOpen() || (hasSelection() && excerptSelection())) chooseRecent(event.key);
    return undefined;
  }
  const action = plainKeys[event.key];
  if (!action || (isOpen() && event.key !== "a" && event.key !== "?")) return undefined;
  event.preventDefault();
  return action();
}

function offerKeys() {
  const opener = document.getElementById("keys-button");
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());
}

answerMarksAndCards();
answerPanel((key) => {
  passage = null;
  button.hidden = true;
  settleOn(key);
});
answerPages();
watchSelection();
offerKeys();
document.addEventListener("keydown", answerKey);
