// The tree of themes by keyboard and by dragging. Arrow keys go from theme to theme; with Alt they press the row's own
// buttons, which work without this too. A theme that is dropped to the right goes below the one above it.
import Sortable from "../vendor/sortablejs/sortable.esm.js";

const INDENT = 32; // pixels to the right from which a drop means "below"

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const steps = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
const linkOf = (row) => row?.querySelector(".theme-tag");

function neighbour(row, key) {
  const rows = [...row.parentElement.children];
  const at = rows.indexOf(row);
  return { ArrowUp: rows[at - 1], ArrowDown: rows[at + 1], Home: rows[0], End: rows.at(-1) }[key];
}

function answerKey(event) {
  const row = event.target.closest("#tree tr[data-theme]");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.altKey && steps[event.key]) {
    event.preventDefault();
    const button = row.querySelector(`[name=step][value=${steps[event.key]}]`);
    button.focus();
    button.click();
  } else if (!event.altKey && !event.target.closest(".menu")) {
    const link = linkOf(neighbour(row, event.key));
    if (!link) return;
    event.preventDefault();
    link.focus();
  }
}

function send(row, values) {
  const form = row.querySelector(".theme-acts > form");
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  form.requestSubmit();
}

function makeSortable() {
  const body = document.querySelector("#tree tbody:not([data-drags])");
  if (!body) return;
  body.dataset.drags = "";
  let startedAt = 0;
  Sortable.create(body, {
    handle: "[data-handle]",
    draggable: "tr",
    animation: calm.matches ? 0 : 150,
    onStart: (event) => {
      startedAt = event.originalEvent.clientX;
    },
    onEnd: (event) => {
      const movedRight = event.originalEvent.clientX - startedAt > INDENT;
      if (event.oldIndex === event.newIndex && !movedRight) return;
      const above = event.item.previousElementSibling;
      send(event.item, { after: above?.dataset.theme ?? "", ...(above && movedRight ? { inside: "on" } : {}) });
    },
  });
}

makeSortable();
document.addEventListener("keydown", answerKey);
document.body.addEventListener("htmx:load", makeSortable);
