// Keys of the vetting pages: what carries data-key answers to that key, outside of fields. A key that is held down
// counts once, so that nothing is decided about a passage that was not yet seen. What is decided is sent once, however
// often somebody presses the key before the next passage is there.
let isSent = false;

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const answers = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!answers) return;
  event.preventDefault();
  answers.click();
});

document.addEventListener("submit", (event) => {
  if (isSent) event.preventDefault();
  isSent = true;
});

window.addEventListener("pageshow", () => {
  isSent = false;
});
