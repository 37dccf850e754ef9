// The theme picker's search box. Typing brings what matches to the top; Enter chooses the first and empties the box;
// Enter in the empty box saves; a digit in the empty box chooses one of the latest themes. A theme that is not there can
// be created: Enter leads to its button where nothing matches, and the link beneath to the page that says all of it.
import { settleDigits } from "./reader-digits.js";
import { fold, nearness } from "./reader-nearness.js";

class Picker {
  constructor(root) {
    this.root = root;
    this.search = root.querySelector(".picker-search");
    this.list = root.querySelector(".picker-list");
    this.fresh = root.querySelector(".picker-new");
    this.unnamed = { href: this.fresh.href, words: this.fresh.textContent };
    this.search.addEventListener("input", () => this.arrange());
    this.search.addEventListener("keydown", (event) => this.answer(event));
    this.create = root.querySelector("[data-picker-create]");
    this.watchOtherTabs();
    this.watchCreating();
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
      own: fold(element.querySelector(".picker-name").textContent.split(" / ").pop()),
    }));
    settleDigits(this.options);
    this.search.hidden = false;
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
      const chosen = new Set(this.chosen.map((option) => option.box.value));
      this.readOptions();
      for (const option of this.options) option.box.checked = chosen.has(option.box.value);
      this.arrange();
      this.options.find((option) => option.box.value === focused)?.box.focus({ preventScroll: true });
    });
  }

  watchCreating() {
    const refused = this.root.querySelector("[data-picker-refused]");
    this.search.addEventListener("input", () => (refused.textContent = ""));
    this.create.addEventListener("htmx:configRequest", (event) => {
      event.detail.parameters.name = this.search.value.trim();
    });
    this.create.addEventListener("htmx:beforeOnLoad", (event) => {
      if (event.detail.xhr.status !== 422) return;
      event.preventDefault();
      refused.textContent = event.detail.xhr.responseText;
      this.search.focus();
    });
    this.create.addEventListener("theme-begun", (event) => {
      const option = this.options.find((one) => one.box.value === event.detail.value);
      this.toggle(option, this.root.dataset.begunText);
      this.search.focus();
    });
  }

  offerCreating() {
    const typed = this.search.value.trim();
    const sought = fold(typed);
    this.create.hidden = !typed || this.options.some((option) => option.own === sought);
    this.create.textContent = this.create.dataset.text.replace("{name}", () => typed);
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
    this.nameFresh(this.first ? "" : this.search.value.trim());
    this.offerCreating();
  }

  // What no theme is called yet is carried over to the page that adds one.
  nameFresh(name) {
    const { href, words } = this.unnamed;
    this.fresh.href = name ? `${href}?name=${encodeURIComponent(name)}` : href;
    this.fresh.textContent = name ? this.fresh.dataset.named.replace("%s", () => name) : words;
  }

  answer(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isEmpty = !this.search.value.trim();
    if (event.key === "Enter") {
      event.preventDefault();
      if (isEmpty) this.search.form.requestSubmit();
      else if (this.first) this.toggle(this.first);
      else if (!this.create.hidden) this.create.focus();
    } else if (isEmpty && /^[1-9]$/.test(event.key) && this.chooseRecent(event.key)) {
      event.preventDefault();
    }
  }

  get chosen() {
    return this.options.filter((option) => option.box.checked);
  }

  /** Ticks these themes too; who has been removed meanwhile is passed over. */
  choose(values) {
    for (const option of this.options) if (values.has(option.box.value)) option.box.checked = true;
    this.arrange();
  }

  chooseRecent(key) {
    const option = this.options.find((one) => one.key === key);
    if (option) this.toggle(option);
    return Boolean(option);
  }

  toggleValue(value) {
    const option = this.options.find((one) => one.box.value === value);
    if (option) this.toggle(option);
  }

  toggle(option, words) {
    option.box.checked = !option.box.checked;
    const { chosenText, droppedText } = this.root.dataset;
    const says = this.root.querySelector("[data-picker-says]");
    says.textContent = `${option.shown}: ${words ?? (option.box.checked ? chosenText : droppedText)}`;
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
