// A theme's passages by keyboard: j and k go from one to the next, c copies the one that has the focus, with its citation.

const passages = () => [...document.querySelectorAll("[data-passage]")];
const isTyping = (element) => element.closest("input, textarea, select");

function go(step) {
  const all = passages();
  const at = all.findIndex((passage) => passage.contains(document.activeElement));
  const next = all[at + step] ?? (at < 0 ? all[0] : null);
  next?.querySelector("[data-copy]").focus();
}

const actions = {
  j: () => go(1),
  k: () => go(-1),
  c: () => document.activeElement.closest("[data-passage]")?.querySelector("[data-copy]").click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  actions[event.key]?.();
});
