// The picture of the page that is being read, beside the text. It is fetched when its tab is open and the page is
// reached, and not before.

const HELD = 150; // milliseconds that a page must stay before its picture is sent for

const pane = document.getElementById("page-beside");
const breaks = document.getElementById("article").getElementsByClassName("page-break");

// The last page that begins above the middle of the screen.
function breakHere() {
  let [low, high] = [0, breaks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (breaks[middle].getBoundingClientRect().top < window.innerHeight / 2) low = middle + 1;
    else high = middle;
  }
  return breaks[Math.max(low - 1, 0)];
}

function show() {
  const page = breakHere();
  if (pane.hidden || !page || getComputedStyle(pane).display === "none") return;
  const [link, picture] = [pane.querySelector("a"), pane.querySelector("img")];
  if (link.href === page.href && picture.src) return;
  link.href = page.href;
  picture.src = `${page.href}picture/`;
  picture.alt = page.getAttribute("aria-label").replace(/:.*/, "");
  picture.hidden = false;
}

export function answerPageBeside() {
  if (!pane) return;
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(show, HELD);
  };
  window.addEventListener("scroll", later, { passive: true });
  new MutationObserver(later).observe(pane, { attributeFilter: ["hidden"] });
}
