// Chips in the panel: the themes that are suggested for the selected words. Pressing one ticks or unticks its theme.
import { pickerIn } from "./reader-picker.js";

const panel = document.getElementById("panel");
const chips = document.getElementById("panel-suggested");

const boxOf = (chip) => panel.querySelector(`[name=themes][value="${chip.dataset.suggested}"]`);

function showChosen() {
  for (const chip of chips.querySelectorAll("[data-suggested]")) {
    chip.setAttribute("aria-pressed", String(boxOf(chip)?.checked ?? false));
  }
}

// Asked for beside the panel, which waits for nothing; where the answer fails to come, there are no chips.
export async function suggestFor(start, end) {
  chips.replaceChildren();
  const asked = `${chips.dataset.address}?start=${start}&end=${end}`;
  chips.dataset.asked = asked;
  const response = await fetch(asked).catch(() => null);
  if (!response?.ok || chips.dataset.asked !== asked) return;
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  chips.replaceChildren(...answer.body.childNodes);
  for (const swatch of chips.querySelectorAll(".swatch")) swatch.style.backgroundColor = swatch.dataset.colour;
  showChosen();
}

export function answerSuggested() {
  chips.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-suggested]");
    if (!chip) return;
    pickerIn(panel).toggleValue(chip.dataset.suggested);
    showChosen();
  });
  panel.addEventListener("change", showChosen);
}
