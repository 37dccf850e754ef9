// The text comes in pieces: those near the screen, and those that somebody wants to go to. Every piece has its place in
// the page from the start, with about the height that it will have.

const NEAR = "1500px 0px"; // how far from the screen a piece is sent for

const article = document.getElementById("article");
const arriving = new Map();

export const pieces = () => [...article.children].filter((one) => one.matches(".piece"));
const isAhead = (piece) => "ahead" in piece.dataset;

function settle(piece) {
  arriving.delete(piece.id);
  if (!piece.querySelector("p")) return; // it did not arrive, and the page has said so
  delete piece.dataset.ahead;
  piece.style.minHeight = "";
}

/** The piece with its text, which is sent for if it is not here. It stays the same element, so that what is below it
 * on the screen stays where it is. */
export async function load(piece) {
  if (!isAhead(piece)) return piece;
  const address = article.dataset.pieces.replace(/0\/\?/, `${piece.dataset.start}/?`);
  if (!arriving.has(piece.id)) {
    const arrival = window.htmx.ajax("GET", address, { target: piece, swap: "innerHTML" });
    arriving.set(piece.id, arrival.finally(() => settle(piece)));
  }
  await arriving.get(piece.id);
  return piece;
}

export function pieceAt(offset) {
  const all = pieces();
  return all.findLast((piece) => Number(piece.dataset.start) <= offset) ?? all[0];
}

export const loadAt = (offset) => load(pieceAt(offset));

/** The next piece (step 1) or the one before (step -1), or null at the end. */
export async function loadBeside(piece, step) {
  const next = step > 0 ? piece.nextElementSibling : piece.previousElementSibling;
  return next?.matches(".piece") ? load(next) : null;
}

// A piece that is not here is given as much room as the others have for as many letters.
function makeRoom() {
  const here = pieces().find((piece) => !isAhead(piece));
  const letters = (piece) => piece.dataset.end - piece.dataset.start;
  const each = here.getBoundingClientRect().height / letters(here);
  for (const piece of pieces().filter(isAhead)) piece.style.minHeight = `${Math.round(letters(piece) * each)}px`;
}

function namedIn(hash) {
  const page = /^#page-(\d+)$/.exec(hash)?.[1];
  const start = /^#p(\d+)$/.exec(hash)?.[1];
  if (page) return pieces().find((piece) => piece.dataset.pages?.split(" ").includes(page));
  return start && pieceAt(Number(start));
}

async function goToHash() {
  const piece = namedIn(window.location.hash);
  if (!piece || !isAhead(piece)) return;
  await load(piece);
  document.querySelector(window.location.hash)?.scrollIntoView();
}

// A change may touch a paragraph of a piece that is not here: that piece brings it, and its cards, when it comes.
function passOverWhatIsNotHere(event) {
  const { detail } = event;
  if (!detail.serverResponse?.includes("hx-swap-oob")) return;
  const answer = document.createElement("template");
  answer.innerHTML = detail.serverResponse;
  for (const changed of answer.content.querySelectorAll("p[hx-swap-oob], ol[hx-swap-oob]")) {
    if (!document.getElementById(changed.id)) changed.remove();
  }
  detail.serverResponse = answer.innerHTML;
}

export function answerPieces() {
  document.body.addEventListener("htmx:beforeSwap", passOverWhatIsNotHere);
  if (!pieces().some(isAhead)) return;
  makeRoom();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) load(target);
    },
    { rootMargin: NEAR },
  );
  for (const piece of pieces().filter(isAhead)) watch.observe(piece);
  article.addEventListener("click", (event) => {
    const link = event.target.closest(".piece-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load(link.parentElement);
  });
  window.addEventListener("hashchange", goToHash);
  goToHash();
}
