// From a mark to its card and back, and from one excerpt to the next.

import { loadAt } from "./reader-pieces.js";
import { offsetsOnScreen } from "./reader-place.js";
import { placeOf, places } from "./reader-places.js";

const article = document.getElementById("article");
const margin = document.getElementById("margin");

export const marksOf = (key) => [...article.querySelectorAll(`[data-excerpts~="${key}"]`)];
export const cardOf = (key) => document.getElementById(`card-${key}`);

export function flash(...elements) {
  for (const element of elements) {
    element.classList.remove("flash");
    void element.offsetWidth; // starts the animation anew
    element.classList.add("flash");
  }
}

// Brings a card into view inside the margin, and leaves the page where it is.
function showCard(card) {
  const isAside = getComputedStyle(margin).position === "sticky";
  if (isAside) margin.scrollTop += card.getBoundingClientRect().top - margin.getBoundingClientRect().top - 48;
}

export async function goToMark(key) {
  const place = placeOf(key);
  if (!place) return;
  if (!marksOf(key).length) await loadAt(place.start);
  const marks = marksOf(key);
  marks[0].scrollIntoView({ block: "center" });
  marks[0].focus({ preventScroll: true });
  showCard(cardOf(key));
  flash(...marks, cardOf(key));
}

export function goToCard(key) {
  const card = cardOf(key);
  showCard(card);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  flash(card, ...marksOf(key));
}

export function settleOn(key) {
  const marks = marksOf(key);
  if (!marks.length) return;
  marks[0].focus({ preventScroll: true });
  showCard(cardOf(key));
  flash(...marks, cardOf(key));
}

export function keyHere() {
  const here = document.activeElement;
  return here?.closest("[data-excerpt]")?.dataset.excerpt;
}

// From where the focus is; without one, from the first excerpt below the top of the screen.
export function goToNeighbour(step) {
  const all = places();
  if (!all.length) return;
  const at = all.findIndex(({ key }) => key === keyHere());
  let next = at + step;
  if (at < 0) {
    const { top } = offsetsOnScreen();
    next = all.findIndex(({ start }) => start >= top);
    if (next < 0) next = all.length;
    if (step < 0) next -= 1;
  }
  goToMark(all[Math.min(Math.max(next, 0), all.length - 1)].key);
}

// Where marks overlap, the line below shows the colour of the second one too.
function paintSecondColours(root) {
  for (const mark of root.querySelectorAll("[data-colour2]")) mark.style.setProperty("--colour-2", mark.dataset.colour2);
}

export function answerMarksAndCards() {
  paintSecondColours(document);
  document.body.addEventListener("htmx:load", (event) => paintSecondColours(event.target.parentElement ?? document));
  article.addEventListener("click", (event) => {
    const mark = event.target.closest(".passage");
    if (mark && window.getSelection().isCollapsed) goToCard(mark.dataset.excerpt);
  });
  article.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".passage")) goToCard(event.target.dataset.excerpt);
  });
  margin.addEventListener("click", (event) => {
    const link = event.target.closest(".card-quote");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goToMark(link.closest("[data-excerpt]").dataset.excerpt);
  });
  const named = /^#excerpt-(\d+)$/.exec(window.location.hash);
  if (named) goToMark(named[1]);
}
