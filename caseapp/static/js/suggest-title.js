// When a text is pasted, or one file chosen, and no title is typed yet, its headline or its name is offered as the
// title. The person decides.

const LONGEST = 200;
const NO_HEADLINE = /^(©|\(c\)|copyright\b|image\b|photo\b|foto\b|imagen\b|advertisement\b|publicidad\b)/i;
let text, title, suggestion;

function fileName() {
  if (text.files.length !== 1) return "";
  return text.files[0].name.replace(/\.[^.]*$/, "").replace(/[\s_]+/g, " ").trim().slice(0, LONGEST);
}

// The headline of a copied page often stands there twice; what stands above it are notices and credits.
function headline() {
  if (text.type === "file") return fileName();
  const lines = text.value.slice(0, 5000).split("\n").map((words) => words.trim()).filter(Boolean).slice(0, 12);
  const twice = lines.find((line, place) => line.length > 20 && lines.indexOf(line) < place);
  const line = twice ?? lines.find((words) => !NO_HEADLINE.test(words));
  return line && line.length <= LONGEST ? line : "";
}

function offer() {
  const line = headline();
  suggestion.hidden = !line || title.value.trim() !== "";
  suggestion.querySelector("[data-title]").textContent = line;
}

function begin() {
  text = document.querySelector("[data-title-from]");
  title = document.querySelector(text.dataset.titleFrom);
  suggestion = document.getElementById("title-suggestion").content.firstElementChild.cloneNode(true);
  suggestion.hidden = true;
  title.after(suggestion);
  suggestion.addEventListener("click", () => {
    title.value = headline();
    title.focus();
    offer();
  });
  text.addEventListener("input", offer);
  title.addEventListener("input", offer);
  offer();
}

begin();
// The form may come anew, in answer to what was sent.
document.addEventListener("form-answered", begin);
