// <button data-copy="#id-of-a-field" data-copied="Copied"> copies the field's value or text.

async function copy(origin) {
  // Browsers offer the clipboard on secure pages only; elsewhere the text is at least selected.
  if (!navigator.clipboard) {
    origin.select?.();
    return false;
  }
  await navigator.clipboard.writeText(origin.value ?? origin.textContent);
  return true;
}

export function answerCopyButtons() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const done = await copy(document.querySelector(button.dataset.copy));
    if (done) (button.querySelector("[data-copy-word]") ?? button).textContent = button.dataset.copied;
  });
}
