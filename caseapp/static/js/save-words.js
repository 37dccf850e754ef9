// <button data-save-words="#id" data-file-name="…"> saves the words of that element as a file, without asking the server.

for (const button of document.querySelectorAll("[data-save-words]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const words = document.querySelector(button.dataset.saveWords).textContent;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([words], { type: "text/plain" }));
    link.download = button.dataset.fileName;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}
