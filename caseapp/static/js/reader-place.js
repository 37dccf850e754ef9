// Where one is in the text: the selection, or else the excerpt that has the focus, or else the top of the screen.
import { unitsBefore } from "./reader-offsets.js";
import { loadBeside, pieces } from "./reader-pieces.js";

const article = document.getElementById("article");
const paragraphsOf = (piece) => [...piece.children].filter((one) => one.matches("p"));

function spot(node, inside) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const paragraph = element.closest("#article p");
  return paragraph && { paragraph, units: unitsBefore(paragraph, node, inside) };
}

function focusedMarks() {
  const key = document.activeElement?.closest("[data-excerpt]")?.dataset.excerpt;
  return key ? [...article.querySelectorAll(`[data-excerpts~="${key}"]`)] : [];
}

/** @returns {{first: object, last: object} | null} the paragraphs, and units in them, where it begins and ends */
export function here() {
  const selection = window.getSelection();
  const marks = focusedMarks();
  let range = null;
  if (selection.rangeCount && !selection.isCollapsed) range = selection.getRangeAt(0);
  else if (marks.length) {
    range = document.createRange();
    range.setStartBefore(marks[0]);
    range.setEndAfter(marks[marks.length - 1]);
  } else if (selection.rangeCount && article.contains(selection.focusNode)) range = selection.getRangeAt(0);
  const first = range && spot(range.startContainer, range.startOffset);
  const last = range && spot(range.endContainer, range.endOffset);
  return first || last ? { first: first ?? last, last: last ?? first } : null;
}

// The first of elements that stand one below the other for which `isReached` holds.
function firstWhere(elements, isReached) {
  let [low, high] = [0, elements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(elements[middle].getBoundingClientRect())) high = middle;
    else low = middle + 1;
  }
  return elements[low];
}

function firstParagraph(isReached) {
  const piece = firstWhere(pieces(), isReached);
  return piece && (firstWhere(paragraphsOf(piece), isReached) ?? piece);
}

export const firstOnScreen = () => {
  const found = firstParagraph((box) => box.bottom > 0);
  return found?.matches("p") ? found : null;
};

/** Offsets of the text at the top and at the foot of the screen. */
export function offsetsOnScreen() {
  const offset = (element) => (element ? Number(element.dataset.start) : Infinity);
  const below = firstParagraph((box) => box.top >= window.innerHeight);
  return { top: offset(firstParagraph((box) => box.bottom > 0)), foot: offset(below) };
}

/** The paragraph before or behind, from another piece if need be; the same one where the text ends. */
export async function paragraphBeside(paragraph, step) {
  let piece = paragraph.closest(".piece");
  let next = paragraphsOf(piece);
  next = next[next.indexOf(paragraph) + step];
  while (!next) {
    piece = await loadBeside(piece, step);
    if (!piece) return paragraph;
    next = paragraphsOf(piece).at(step > 0 ? 0 : -1);
  }
  return next;
}

export function selectRange(range) {
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}
