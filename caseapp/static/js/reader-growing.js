// Selecting without a mouse: pick a paragraph or a sentence, then grow or shrink the selection by words and sentences.
import { rangeIn } from "./reader-offsets.js";
import { firstOnScreen, here, paragraphBeside, selectRange } from "./reader-place.js";

const article = document.getElementById("article");
const segmenter = window.Intl?.Segmenter && new Intl.Segmenter(article.lang || "en", { granularity: "sentence" });

function show(range, paragraph) {
  selectRange(range);
  paragraph.scrollIntoView({ block: "nearest" });
}

export async function pickParagraph(step) {
  const place = here();
  const edge = place && (step > 0 ? place.last : place.first).paragraph;
  const next = edge ? await paragraphBeside(edge, step) : firstOnScreen();
  if (next) show(rangeIn(next, 0, next.textContent.length), next);
}

/** [start, end] of each sentence of a paragraph, without the white space around it. */
function sentencesOf(paragraph) {
  const text = paragraph.textContent;
  if (!segmenter) return [[0, text.length]];
  return [...segmenter.segment(text)]
    .map(({ segment, index }) => [index + segment.search(/\S/), index + segment.trimEnd().length])
    .filter(([start, end]) => start < end);
}

async function sentenceBeside({ first, last }, step) {
  const edge = step > 0 ? last : first;
  const ahead = ([start, end]) => (step > 0 ? start >= edge.units : end <= edge.units);
  const inside = sentencesOf(edge.paragraph).filter(ahead);
  if (inside.length) return [edge.paragraph, inside.at(step > 0 ? 0 : -1)];
  const next = await paragraphBeside(edge.paragraph, step);
  return next === edge.paragraph ? null : [next, sentencesOf(next).at(step > 0 ? 0 : -1)];
}

export async function pickSentence(step) {
  const place = here();
  const top = firstOnScreen();
  const found = place ? await sentenceBeside(place, step) : top && [top, sentencesOf(top)[0]];
  if (!found) return;
  const [paragraph, [start, end]] = found;
  show(rangeIn(paragraph, start, end), paragraph);
}

function turnedRound(selection) {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  selection.setBaseAndExtent(focusNode, focusOffset, anchorNode, anchorOffset);
}

function isBackward(selection) {
  const range = document.createRange();
  range.setStart(selection.anchorNode, selection.anchorOffset);
  range.setEnd(selection.focusNode, selection.focusOffset);
  return range.collapsed && !selection.isCollapsed;
}

/** Moves one edge of the selection: edge "start" or "end", unit "word" or "sentence", direction "left" or "right". */
export function moveEdge(edge, unit, direction) {
  const selection = window.getSelection();
  if (selection.isCollapsed) return;
  if (isBackward(selection) !== (edge === "start")) turnedRound(selection);
  const way = direction === "left" ? "backward" : "forward";
  try {
    selection.modify("extend", way, unit);
  } catch {
    selection.modify("extend", way, "word"); // Firefox knows no sentences
  }
}
