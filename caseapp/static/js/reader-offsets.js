// Between places in the page and offsets in the stored text. JavaScript counts UTF-16 units, the stored offsets
// count code points. The text content of every [data-start] element is exactly the stored text from there on.

export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
}

function offsetOf(node, inside) {
  const counted = elementOf(node).closest("[data-start]");
  const before = document.createRange();
  before.setStart(counted, 0);
  before.setEnd(node, inside);
  return Number(counted.dataset.start) + codePoints(before.toString());
}

// The part of a range that lies in the article, or null.
function within(article, range) {
  if (!range.intersectsNode(article)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(article);
  const part = range.cloneRange();
  if (part.compareBoundaryPoints(Range.START_TO_START, whole) < 0) part.setStart(article, 0);
  if (part.compareBoundaryPoints(Range.END_TO_END, whole) > 0) part.setEnd(article, article.childNodes.length);
  return part;
}

// What is selected of the article: { range, start, end, words }, or null where no word is.
export function selectedPassage(article) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = within(article, selection.getRangeAt(0));
  if (!range) return null;
  const words = range.toString();
  if (!words.trim()) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  return { range, start, end: start + codePoints(words), words };
}
