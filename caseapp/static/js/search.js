// The lists of sources and passages: a menu of values stays open while its values are chosen; rows are ticked with the
// mouse (a range with Shift) or with x, and j and k go from row to row.

const opened = () => [...document.querySelectorAll("#found .facet[open]")].map((one) => one.id);

let open = [];
let focused = "";
let last = null;
let completed = false;

const bar = () => document.getElementById("bulk");
const ticks = () => [...document.querySelectorAll("#found .tick")];

// What stands in a menu comes when it is opened; in those that stay open it comes with the list.
document.body.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.target.id !== "found") return;
  event.detail.headers["Open-Facets"] = opened().map((id) => id.replace("facet-", "")).join(",");
});

document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "found") return;
  open = opened();
  focused = document.activeElement?.closest("#found .facet") ? document.activeElement.id : "";
});

document.body.addEventListener("htmx:afterSwap", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  // What lies in a closed menu cannot have the focus; now it can.
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  open = [];
  last = null;
  count();
});

// The box says what the list was asked for, whichever link asked; who completed a word types on.
document.body.addEventListener("htmx:pushedIntoHistory", (event) => {
  const box = document.getElementById("id_q");
  const path = new URL(event.detail.path, window.location.href);
  if (!box || document.activeElement === box || path.pathname !== window.location.pathname) return;
  box.value = path.searchParams.get("q") ?? "";
  if (completed) box.focus();
  completed = false;
});

document.addEventListener("click", (event) => {
  completed = Boolean(event.target.closest("[data-completes]"));
});

// The bar comes when something is ticked, and says how many.
function count() {
  const form = bar();
  if (!form) return;
  const all = form.querySelector("[data-tick-all]").checked;
  const chosen = all ? Number(form.dataset.total) : ticks().filter((tick) => tick.checked).length;
  const words = form.querySelector("[data-bulk-count]");
  words.textContent = words.dataset.text.replace("{n}", chosen).replace("{total}", form.dataset.total);
  form.dataset.live = "";
  form.querySelector("[data-bulk-ticks]").hidden = false;
  form.hidden = chosen === 0;
}

function tick(box, checked, range) {
  const boxes = ticks();
  const [from, to] = [boxes.indexOf(range && last ? last : box), boxes.indexOf(box)].sort((a, b) => a - b);
  for (const one of boxes.slice(from, to + 1)) one.checked = checked;
  last = box;
  count();
}

document.addEventListener("click", (event) => {
  if (event.target.matches(".tick")) tick(event.target, event.target.checked, event.shiftKey);
  const wish = event.target.closest("[data-tick]")?.dataset.tick;
  if (!wish) return;
  for (const one of ticks()) one.checked = wish === "page";
  bar().querySelector("[data-tick-all]").checked = false;
  count();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) count();
});

document.addEventListener("keydown", (event) => {
  const offered = event.key === "ArrowDown" && event.target.id === "id_q" && document.querySelector("[data-completes]");
  if (offered) {
    event.preventDefault();
    offered.focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not(.tick), select, textarea")) return;
  const boxes = ticks();
  const row = document.activeElement.closest?.(".found-row");
  const at = boxes.findIndex((box) => row?.contains(box));
  if (event.key === "j" || event.key === "k") {
    const next = event.key === "j" ? at + 1 : at < 0 ? -1 : at - 1;
    boxes[Math.max(0, Math.min(next, boxes.length - 1))]?.focus();
  } else if (event.key === "x" && at >= 0) {
    tick(boxes[at], !boxes[at].checked, false);
  } else if (event.key === "/") {
    document.getElementById("id_q").focus();
  } else return;
  event.preventDefault();
});

count();
