// Light or dark: the device's wish, unless this browser remembers a choice.
// A classic script, loaded in <head> before anything is painted, so that a dark room stays dark.
(() => {
  const KEY = "appearance";
  const device = window.matchMedia("(prefers-color-scheme: dark)");

  // Private windows and hardened browsers refuse storage; the choice then lasts for the page.
  const recall = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const remember = (choice) => {
    try {
      if (choice) localStorage.setItem(KEY, choice);
      else localStorage.removeItem(KEY);
    } catch {
      // nothing to keep it in
    }
  };

  let choice = recall();

  const show = () => {
    document.documentElement.dataset.bsTheme = choice || (device.matches ? "dark" : "light");
    for (const button of document.querySelectorAll("[data-appearance]")) {
      button.setAttribute("aria-pressed", String(button.dataset.appearance === (choice ?? "")));
    }
  };

  show();
  device.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-appearance]");
    if (!button) return;
    choice = button.dataset.appearance || null;
    remember(choice);
    show();
  });
})();
