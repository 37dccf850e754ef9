// Messages to the person: closing them, and saying so when an in-place change did not arrive.

const region = () => document.getElementById("messages");

// Says a sentence in the page's message region, which screen readers announce.
// kind: "info", "success", "warning" or "error".
export function say(sentence, kind = "info") {
  const template = document.getElementById("message-template");
  const notice = template.content.firstElementChild.cloneNode(true);
  notice.classList.add(`notice-${kind}`);
  notice.querySelector("[data-sentence]").textContent = sentence;
  region().append(notice);
  notice.scrollIntoView({ block: "nearest" });
}

export function answerDismissals() {
  document.addEventListener("click", (event) => {
    event.target.closest("[data-dismiss-notice]")?.closest(".notice").remove();
  });
}

export function reportFailedRequests() {
  const { failedText, unreachableText } = region().dataset;
  document.body.addEventListener("htmx:responseError", () => say(failedText, "error"));
  document.body.addEventListener("htmx:sendError", () => say(unreachableText, "error"));
}
