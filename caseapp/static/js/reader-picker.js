// The theme picker's search box. Typing brings what matches to the top; Enter chooses the first and empties the box;
// Enter in the empty box saves; a digit in the empty box chooses one of the latest themes.

const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function nearness(name, sought) {
  if (!sought) return 0;
  const at = name.indexOf(sought);
  if (at === 0) return 0;
  if (at > 0 && /[^\p{L}\p{N}]/u.test(name[at - 1])) return 1;
  if (at > 0) return 2;
  return sought.split(/\s+/).every((word) => name.includes(word)) ? 3 : 4;
}

class Picker {
  constructor(root) {
    this.root = root;
    this.search = root.querySelector(".picker-search");
    this.list = root.querySelector(".picker-list");
    this.search.addEventListener("input", () => this.arrange());
    this.search.addEventListener("keydown", (event) => this.answer(event));
    this.watchOtherTabs();
    this.readOptions();
    this.arrange();
  }

  readOptions() {
    this.options = [...this.list.querySelectorAll(".picker-option")].map((element, order) => ({
      element,
      order,
      key: element.dataset.key,
      box: element.querySelector("input"),
      shown: element.querySelector(".picker-name").textContent,
      name: fold(element.querySelector(".picker-name").textContent),
    }));
    this.search.hidden = !this.options.length;
  }

  // The list is fetched anew when the window gets the focus back: a theme may have been added in another tab.
  watchOtherTabs() {
    let focused;
    this.list.addEventListener("htmx:beforeOnLoad", (event) => {
      // Nobody asked for this: where it fails, the page stays as it is, with what was typed.
      if (event.detail.xhr.status !== 200) event.preventDefault();
    });
    this.list.addEventListener("htmx:beforeSwap", () => {
      focused = this.options.find((option) => option.box === document.activeElement)?.box.value;
    });
    this.list.addEventListener("htmx:afterSwap", () => {
      const chosen = new Set(this.options.filter((option) => option.box.checked).map((option) => option.box.value));
      this.readOptions();
      for (const option of this.options) option.box.checked = chosen.has(option.box.value);
      this.arrange();
      this.options.find((option) => option.box.value === focused)?.box.focus({ preventScroll: true });
    });
  }

  arrange() {
    const sought = fold(this.search.value.trim());
    const rank = (option) => (sought ? nearness(option.name, sought) : option.box.checked ? 0 : 1);
    const arranged = this.options.map((option) => ({ option, rank: rank(option) }));
    arranged.sort((a, b) => a.rank - b.rank || a.option.order - b.option.order);
    this.first = sought && arranged[0]?.rank < 4 ? arranged[0].option : null;
    for (const { option, rank: place } of arranged) {
      option.element.classList.toggle("picker-other", Boolean(sought) && place === 4);
      option.element.classList.toggle("picker-first", option === this.first);
      this.list.append(option.element);
    }
    this.list.scrollTop = 0;
  }

  answer(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isEmpty = !this.search.value.trim();
    if (event.key === "Enter") {
      event.preventDefault();
      if (isEmpty) this.search.form.requestSubmit();
      else if (this.first) this.toggle(this.first);
    } else if (isEmpty && /^[1-9]$/.test(event.key) && this.chooseRecent(event.key)) {
      event.preventDefault();
    }
  }

  chooseRecent(key) {
    const option = this.options.find((one) => one.key === key);
    if (option) this.toggle(option);
    return Boolean(option);
  }

  toggle(option) {
    option.box.checked = !option.box.checked;
    const { chosenText, droppedText } = this.root.dataset;
    const says = this.root.querySelector("[data-picker-says]");
    says.textContent = `${option.shown}: ${option.box.checked ? chosenText : droppedText}`;
    this.search.value = "";
    this.arrange();
  }
}

const pickers = new WeakMap();

// The picker inside an element, made lively the first time it is asked for.
export function pickerIn(element) {
  const root = element.querySelector("[data-picker]");
  if (!pickers.has(root)) pickers.set(root, new Picker(root));
  return pickers.get(root);
}
