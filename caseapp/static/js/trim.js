// The trim page shows at once which paragraphs a chosen start and end leave out. Without this module the
// page's own button does.

const form = document.getElementById("trim");
const chosen = (name) => Number(form.querySelector(`input[name="${name}"]:checked`)?.value);

function repaint() {
  const [start, end] = [chosen("start"), chosen("end")];
  for (const piece of form.querySelectorAll(".trim-piece")) {
    const outside = Number(piece.dataset.end) <= start || Number(piece.dataset.start) >= end;
    piece.classList.toggle("is-outside", outside);
  }
}

form.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  for (const element of form.querySelectorAll("[data-trim-stale]")) element.hidden = false;
  repaint();
});
