// Lists that can be sorted by dragging: <ol data-sortable="id-of-a-form"> of <li data-item="7"> with a
// [data-handle]. The form gets the new order and is sent; the answer is the list as the server has it.
// The arrow buttons of each row need nothing of this.
import Sortable from "../vendor/sortablejs/sortable.esm.js";

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const formOf = (list) => document.getElementById(list.dataset.sortable);
const itemsOf = (list) => [...list.querySelectorAll(":scope > [data-item]")];

function orderInput(item) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "order";
  input.value = item.dataset.item;
  return input;
}

function clearOrder(form) {
  for (const input of form.querySelectorAll("[name=order]")) input.remove();
}

function send(list) {
  const form = formOf(list);
  clearOrder(form);
  form.append(...itemsOf(list).map(orderInput));
  form.requestSubmit();
}

// The request did not arrive, so the list must not look as if it had.
function restore(list) {
  const places = new Map(itemsOf(list).map((item) => [item.dataset.item, item]));
  for (const seen of list.dataset.seen.split(" ")) list.append(places.get(seen));
  clearOrder(formOf(list));
}

function makeSortable(list) {
  list.dataset.seen = itemsOf(list).map((item) => item.dataset.item).join(" ");
  Sortable.create(list, {
    handle: "[data-handle]",
    draggable: "[data-item]",
    animation: calm.matches ? 0 : 150,
    onUpdate: () => send(list),
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    formOf(list).addEventListener(failure, () => restore(list));
  }
  formOf(list).addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status !== 409) restore(list);
  });
}

function makeAllSortable() {
  for (const list of document.querySelectorAll("[data-sortable]:not([data-seen])")) makeSortable(list);
}

makeAllSortable();
document.body.addEventListener("htmx:load", makeAllSortable);
