// The strip at the edge of the text: how many excerpts lie above, on and below the screen, and where.
import { goToMark } from "./reader-marks.js";
import { loadAt } from "./reader-pieces.js";
import { offsetsOnScreen } from "./reader-place.js";
import { places } from "./reader-places.js";

const edge = document.getElementById("edge");
const track = edge.querySelector(".edge-track");
const here = edge.querySelector(".edge-here");
const [above, below] = edge.querySelectorAll(".edge-count");

let shown = { last: null, first: null };
let painted = null;

const share = (offset) => (offset - edge.dataset.start) / (edge.dataset.end - edge.dataset.start);
const percent = (part) => `${(100 * Math.min(Math.max(part, 0), 1)).toFixed(2)}%`;

function paintTicks() {
  if (painted === places()) return;
  painted = places();
  track.querySelectorAll(".edge-tick").forEach((tick) => tick.remove());
  for (const { start, isAdverse } of painted) {
    const tick = document.createElement("span");
    tick.className = isAdverse ? "edge-tick edge-tick-adverse" : "edge-tick";
    tick.style.top = percent(share(start));
    track.append(tick);
  }
}

function say(button, count) {
  button.textContent = count;
  button.setAttribute("aria-label", `${count} ${button.dataset.says}`);
  button.disabled = !count;
}

export function countEdge() {
  const { top, foot } = offsetsOnScreen();
  const all = places();
  edge.hidden = !all.length;
  const before = all.filter(({ end }) => end <= top);
  const behind = all.filter(({ start }) => start >= foot);
  shown = { last: before.at(-1), first: behind[0] };
  say(above, before.length);
  say(below, behind.length);
  here.style.top = percent(share(top));
  here.style.bottom = percent(1 - share(Math.min(foot, edge.dataset.end)));
  paintTicks();
}

async function jump(event) {
  const box = track.getBoundingClientRect();
  const offset = Number(edge.dataset.start) + ((event.clientY - box.top) / box.height) * (edge.dataset.end - edge.dataset.start);
  const near = places().reduce((a, b) => (Math.abs(b.start - offset) < Math.abs(a.start - offset) ? b : a));
  if (Math.abs(share(near.start) - share(offset)) * box.height < 8) return goToMark(near.key);
  const piece = await loadAt(offset);
  const paragraph = [...piece.querySelectorAll("p")].findLast((one) => Number(one.dataset.start) <= offset);
  (paragraph ?? piece).scrollIntoView({ block: "center" });
}

export function answerEdge() {
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      countEdge();
    });
  };
  above.addEventListener("click", () => goToMark(shown.last.key));
  below.addEventListener("click", () => goToMark(shown.first.key));
  track.addEventListener("click", jump);
  window.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later);
  document.body.addEventListener("htmx:afterSettle", later);
  countEdge();
}
