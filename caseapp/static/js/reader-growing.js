// Selecting without a mouse: pick a paragraph, then grow or shrink the selection by words and sentences.

const article = document.getElementById("article");
const paragraphs = () => [...article.querySelectorAll("p")];

function paragraphHere() {
  const node = window.getSelection().focusNode ?? document.activeElement;
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element && article.contains(element) ? element.closest("p") : null;
}

const firstOnScreen = (all) => all.findIndex((one) => one.getBoundingClientRect().bottom > 0);

export function pickParagraph(step) {
  const all = paragraphs();
  const at = all.indexOf(paragraphHere());
  const next = at < 0 ? firstOnScreen(all) : Math.min(Math.max(at + step, 0), all.length - 1);
  if (next < 0) return;
  window.getSelection().selectAllChildren(all[next]);
  all[next].scrollIntoView({ block: "nearest" });
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

// Moves one edge of the selection: edge "start" or "end", unit "word" or "sentence", direction "left" or "right".
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
