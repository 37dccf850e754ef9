// Makes tabs of a list of links to the sections below it: one section is shown, arrow keys go from tab to tab.

function shape(link, pane) {
  link.setAttribute("role", "tab");
  link.setAttribute("aria-controls", pane.id);
  link.id ||= `tab-${pane.id}`;
  pane.setAttribute("role", "tabpanel");
  pane.setAttribute("aria-labelledby", link.id);
}

function choose(links, chosen) {
  for (const link of links) {
    const isChosen = link === chosen;
    link.setAttribute("aria-selected", String(isChosen));
    link.tabIndex = isChosen ? 0 : -1;
    document.getElementById(link.hash.slice(1)).hidden = !isChosen;
  }
}

export function answerTabs(margin) {
  const list = margin.querySelector("[data-tabs]");
  const links = [...list.querySelectorAll("a")];
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-labelledby", margin.getAttribute("aria-labelledby"));
  for (const item of list.children) item.setAttribute("role", "presentation");
  for (const link of links) shape(link, document.getElementById(link.hash.slice(1)));
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    choose(links, link);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.shiftKey) return;
    const next = links[(links.indexOf(event.target) + step + links.length) % links.length];
    choose(links, next);
    next.focus();
  });
  choose(links, links[0]);
}

// Shows the section with this id, as its tab would.
export function showTab(margin, id) {
  const links = [...margin.querySelectorAll("[data-tabs] a")];
  choose(links, links.find((link) => link.hash === `#${id}`));
}
