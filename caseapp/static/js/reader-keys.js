// The keys of the reader. What each does is said in the dialog that “?” opens.
import { isMoving, leaveBounds, moveBounds, saveBounds } from "./reader-bounds.js";
import { moveEdge, pickParagraph, pickSentence } from "./reader-growing.js";
import { chooseLast, toggleKept } from "./reader-kept.js";
import { goToNeighbour, keyHere } from "./reader-marks.js";
import { chooseRecent, dismiss, isOpen, toggleAdverse } from "./reader-panel.js";
import { fetchWhole, toggleDim } from "./reader-views.js";
import { excerptSelection, hasSelection } from "./reader-selection.js";

const keys = document.getElementById("keys");

const openPanel = () => isOpen() || (hasSelection() && excerptSelection());

const plainKeys = {
  e: excerptSelection,
  r: () => openPanel() && chooseLast(),
  c: toggleKept,
  j: () => goToNeighbour(1),
  k: () => goToNeighbour(-1),
  p: () => pickParagraph(1),
  P: () => pickParagraph(-1),
  s: () => pickSentence(1),
  S: () => pickSentence(-1),
  b: () => keyHere() && moveBounds(keyHere()),
  u: () => (document.querySelector("#reader-says .undo-button") ?? document.getElementById("undo-last")).click(),
  U: () => document.getElementById("lately").click(),
  n: () => document.querySelector("#reader-bar [data-after]")?.click(),
  N: () => document.querySelector("#reader-bar [data-before]")?.click(),
  d: toggleDim,
  f: fetchWhole,
  a: () => openPanel() && toggleAdverse(),
  "?": () => keys.showModal(),
};
const chooseDigit = (digit) => openPanel() && chooseRecent(digit);

const inPanel = "ar?123456789";
const whileMoving = "pPsS?";

const isTyping = (element) => element.closest("input:not([type=checkbox]), textarea, select");

function growOrShrink(event) {
  const arrow = { ArrowLeft: "left", ArrowRight: "right" }[event.key];
  if (!arrow || !event.shiftKey || !hasSelection()) return false;
  moveEdge(event.ctrlKey ? "start" : "end", event.altKey ? "sentence" : "word", arrow);
  return true;
}

function answerWhileMoving(event) {
  const act = { Enter: saveBounds, Escape: leaveBounds }[event.key];
  if (!act || event.target.closest("button, a")) return false;
  act();
  return true;
}

function works(key) {
  if (isOpen()) return inPanel.includes(key);
  return !isMoving() || whileMoving.includes(key);
}

function answerKey(event) {
  if (event.key === "Escape" && isOpen()) return dismiss();
  if (event.isComposing || isTyping(event.target) || keys.open) return undefined;
  if (isMoving() && answerWhileMoving(event)) return event.preventDefault();
  if (!isOpen() && growOrShrink(event)) return event.preventDefault();
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const action = /^[1-9]$/.test(event.key) ? chooseDigit : plainKeys[event.key];
  if (!action || !works(event.key)) return undefined;
  event.preventDefault(); // also so that the letter is not typed into the box that gets the focus
  return action(event.key);
}

export function answerKeys() {
  const opener = document.getElementById("keys-button");
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());
  document.addEventListener("keydown", answerKey);
}
