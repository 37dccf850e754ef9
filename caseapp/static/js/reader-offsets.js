// Between places in the page and offsets in the stored text. JavaScript counts UTF-16 units, the stored offsets
// count code points. The text content of every [data-start] element is exactly the stored text from there on.

export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

/** UTF-16 units of `element`'s text before a place in it. */
export function unitsBefore(element, node, inside) {
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(node, inside);
  return before.toString().length;
}

function offsetOf(node, inside) {
  const counted = elementOf(node).closest("[data-start]");
  const before = document.createRange();
  before.setStart(counted, 0);
  before.setEnd(node, inside);
  return Number(counted.dataset.start) + codePoints(before.toString());
}

/** The range of an element's text from one UTF-16 unit to another. */
export function rangeIn(element, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const here = passed + node.length;
    if (passed <= start && start < here) range.setStart(node, start - passed);
    if (passed < end && end <= here) {
      range.setEnd(node, end - passed);
      break;
    }
    passed = here;
  }
  return range;
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

/** What is selected of the article: { range, start, end, words }, or null where no word is. */
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
