// A theme's colour is data, and the content security policy allows no style attribute:
// an element with data-colour="#rrggbb" gets it here, as its background and as --colour.

export function paintSwatches() {
  const paint = (root) => {
    for (const element of root.querySelectorAll("[data-colour]")) {
      element.style.setProperty("--colour", element.dataset.colour);
      if (element.classList.contains("swatch")) element.style.backgroundColor = element.dataset.colour;
    }
  };
  paint(document);
  document.body.addEventListener("htmx:load", (event) => paint(event.target.parentElement ?? document));
}
