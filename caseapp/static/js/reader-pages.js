// The picture of a page of a PDF, shown below the place where its text begins. Without this script the link leads to
// a page that shows it.

const article = document.getElementById("article");

// It has no words of its own: all that is counted in the article is the text.
function pictureOf(link) {
  const figure = document.createElement("figure");
  figure.className = "page-picture";
  const image = document.createElement("img");
  image.src = `${link.href}picture/`;
  image.alt = link.getAttribute("aria-label");
  figure.append(image);
  return figure;
}

function toggle(link) {
  const shown = link.nextElementSibling?.matches(".page-picture") ? link.nextElementSibling : null;
  if (shown) shown.remove();
  else link.after(pictureOf(link));
  link.setAttribute("aria-expanded", String(!shown));
}

export function answerPages() {
  article.addEventListener("click", (event) => {
    const link = event.target.closest(".page-break");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle(link);
  });
}
