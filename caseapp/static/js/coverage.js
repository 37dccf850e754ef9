// The matrix of a case: arrow keys go from number to number, and points that say nothing are folded away until asked
// for. Without this script everything is shown, and Tab goes through the numbers.

function cellsOf(table) {
  return [...table.querySelectorAll("[data-cell]")].filter((link) => link.getClientRects().length > 0);
}

function placeOf(link) {
  return { row: link.closest("tr").rowIndex, column: link.closest("td").cellIndex };
}

// The nearest number in the direction of the key: in the same row, or in the next row that has one near this column.
function nextCell(table, from, key) {
  const here = placeOf(from);
  const others = cellsOf(table).filter((link) => link !== from).map((link) => ({ link, ...placeOf(link) }));
  const nearest = (found, distance) => found.sort((one, other) => distance(one) - distance(other))[0]?.link;
  const column = (one) => Math.abs(one.column - here.column);
  const row = (one) => Math.abs(one.row - here.row);
  switch (key) {
    case "ArrowLeft":
      return nearest(others.filter((one) => one.row === here.row && one.column < here.column), column);
    case "ArrowRight":
      return nearest(others.filter((one) => one.row === here.row && one.column > here.column), column);
    case "ArrowUp":
      return nearest(others.filter((one) => one.row < here.row), (one) => row(one) * 100 + column(one));
    case "ArrowDown":
      return nearest(others.filter((one) => one.row > here.row), (one) => row(one) * 100 + column(one));
    default:
      return undefined;
  }
}

for (const table of document.querySelectorAll("[data-coverage]")) {
  table.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-cell]") || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = nextCell(table, event.target, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

for (const group of document.querySelectorAll("tbody[data-below]")) {
  const empty = [...group.querySelectorAll("[data-empty-point]")];
  const button = group.querySelector("[data-fold]");
  if (!button || empty.length === 0) continue;
  const show = (isOpen) => {
    for (const row of empty) row.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  };
  button.hidden = false;
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  show(empty.some((row) => `#${row.id}` === location.hash));
}

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
