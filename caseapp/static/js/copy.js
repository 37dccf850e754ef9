// <button data-copy="#id-of-a-field" data-copied="Copied"> copies the field's value or text.

// Browsers offer the clipboard on secure pages only, and people may forbid it: the text is then shown and selected.
function select(origin) {
  origin.hidden = false;
  if (origin.select) origin.select();
  else window.getSelection().selectAllChildren(origin);
}

async function copy(origin) {
  try {
    await navigator.clipboard.writeText(origin.value ?? origin.textContent);
    return true;
  } catch {
    select(origin);
    return false;
  }
}

export function answerCopyButtons() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const done = await copy(document.querySelector(button.dataset.copy));
    if (done) (button.querySelector("[data-copy-word]") ?? button).textContent = button.dataset.copied;
  });
}
