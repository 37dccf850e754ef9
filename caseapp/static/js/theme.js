// Light or dark: the device's wish, unless this browser remembers a choice.
// A classic script, loaded in <head> before anything is painted, so that a dark room stays dark.
(() => {
  const KEY = "theme";
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
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (choice ?? "")));
    }
  };

  show();
  device.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    choice = button.dataset.themeChoice || null;
    remember(choice);
    show();
  });
})();
