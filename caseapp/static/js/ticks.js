// Lists whose rows can be ticked: <form data-ticks>. Says how many are, ticks all of them at a wish, and in a
// long list keeps the way to what can be done with them in sight.

const form = document.querySelector("form[data-ticks]");
const boxes = () => [...form.elements].filter((one) => one.type === "checkbox" && one.dataset.wish === undefined);

function say() {
  const elsewhere = form.querySelectorAll("[data-elsewhere]").length;
  const here = boxes().filter((box) => box.checked).length;
  for (const words of document.querySelectorAll("[data-picked]")) {
    words.textContent = words.dataset.text.replace("{n}", here + elsewhere).replace("{m}", elsewhere);
  }
  document.querySelector("[data-ticked-foot]")?.toggleAttribute("hidden", !here);
}

function tickAll(event) {
  for (const box of boxes()) box.checked = event.target.checked;
  say();
}

if (form) {
  document.addEventListener("change", (event) => {
    if (event.target.dataset?.wish === "all") tickAll(event);
    else if (event.target.form === form) say();
  });
  for (const wish of document.querySelectorAll("[data-wish='all']")) wish.closest("[hidden]")?.removeAttribute("hidden");
  say();
}
