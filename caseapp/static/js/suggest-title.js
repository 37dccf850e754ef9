// When a text is pasted, or one file chosen, and no title is typed yet, its first line or its name is offered as the
// title. The person decides.

const LONGEST = 200;
const text = document.querySelector("[data-title-from]");
const title = document.querySelector(text.dataset.titleFrom);
const suggestion = document.getElementById("title-suggestion").content.firstElementChild.cloneNode(true);
suggestion.hidden = true;
title.after(suggestion);

function fileName() {
  if (text.files.length !== 1) return "";
  return text.files[0].name.replace(/\.[^.]*$/, "").replace(/[\s_]+/g, " ").trim().slice(0, LONGEST);
}

function firstLine() {
  if (text.type === "file") return fileName();
  const line = text.value.slice(0, 5000).split("\n").find((words) => words.trim());
  return line && line.trim().length <= LONGEST ? line.trim() : "";
}

function offer() {
  const line = firstLine();
  suggestion.hidden = !line || title.value.trim() !== "";
  suggestion.querySelector("[data-title]").textContent = line;
}

suggestion.addEventListener("click", () => {
  title.value = firstLine();
  title.focus();
  offer();
});
text.addEventListener("input", offer);
title.addEventListener("input", offer);
offer();
