// A session ends half an hour after its person did something. Whoever types for long does something, though nothing is
// sent: the server is told, every few minutes at most. Whoever does nothing is told before the session ends.
import { say } from "./messages.js";

const MINUTE = 60_000;
const TELL_SERVER_AFTER = 5 * MINUTE;
const TELL_PERSON_AFTER = 28 * MINUTE;

export function watchForIdleness() {
  const { stillHere, idleWords } = document.body.dataset;
  if (!stillHere) return;
  let serverKnows = Date.now();
  let acted = false;
  let warned = false;

  async function tellServer() {
    acted = false;
    serverKnows = Date.now();
    warned = false;
    const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
    await fetch(stillHere, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" }).catch(() => {});
  }

  function onAct() {
    acted = true;
    if (warned) tellServer();
  }

  function look() {
    const quiet = Date.now() - serverKnows;
    if (acted && quiet >= TELL_SERVER_AFTER) tellServer();
    else if (quiet >= TELL_PERSON_AFTER && !warned) {
      warned = true;
      say(idleWords, "warning");
    }
  }

  document.addEventListener("keydown", onAct, { passive: true });
  document.addEventListener("pointerdown", onAct, { passive: true });
  setInterval(look, MINUTE / 2);
}
