// Behaviours of every page. Each is a small module; nothing here is needed to get work done,
// it only makes it smoother. A page's own behaviour is its own module, loaded by its template.
import { closeMenusOnLeave } from "./menus.js";
import { answerDismissals, reportFailedRequests } from "./messages.js";
import { answerCopyButtons } from "./copy.js";
import { watchForIdleness } from "./idle.js";
import { paintSwatches } from "./swatch.js";

closeMenusOnLeave();
answerDismissals();
reportFailedRequests();
answerCopyButtons();
paintSwatches();
watchForIdleness();
