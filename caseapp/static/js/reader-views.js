// How the text is shown: with everything dimmed but the excerpts; and all of it at once, for the browser's own search.
import { load, pieces } from "./reader-pieces.js";

const article = document.getElementById("article");
const dim = document.getElementById("dim-button");
const whole = document.getElementById("whole-button");

export function toggleDim() {
  dim.setAttribute("aria-pressed", String(article.classList.toggle("article-dimmed")));
}

/** Whether there was something to fetch. */
export function fetchWhole() {
  if (!whole || whole.disabled) return false;
  whole.disabled = true;
  whole.setAttribute("aria-busy", "true");
  (async () => {
    for (const piece of pieces()) await load(piece);
    whole.removeAttribute("aria-busy");
    whole.disabled = pieces().every((piece) => !("ahead" in piece.dataset));
    if (whole.disabled) document.getElementById("reader-says").textContent = whole.dataset.says;
  })();
  return true;
}

export function answerViews() {
  document.getElementById("reader-views").hidden = false;
  dim.addEventListener("click", toggleDim);
  whole?.addEventListener("click", fetchWhole);
}
