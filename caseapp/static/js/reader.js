// The reader page: select words, press a button or a key, choose themes, save; all without leaving the page.
import { answerBounds } from "./reader-bounds.js";
import { answerEdge } from "./reader-edge.js";
import { answerKept } from "./reader-kept.js";
import { answerKeys } from "./reader-keys.js";
import { answerMarksAndCards, settleOn } from "./reader-marks.js";
import { answerPageBeside } from "./reader-page-beside.js";
import { answerPages } from "./reader-pages.js";
import { answerPanel } from "./reader-panel.js";
import { answerPieces } from "./reader-pieces.js";
import { forgetSelection, watchSelection } from "./reader-selection.js";
import { answerTabs } from "./reader-tabs.js";
import { answerViews } from "./reader-views.js";

answerPieces();
answerMarksAndCards();
answerBounds();
answerKept();
answerPanel((key) => {
  forgetSelection();
  if (key) settleOn(key);
  else document.getElementById("article").focus({ preventScroll: true });
});
answerPages();
answerPageBeside();
answerViews();
answerTabs(document.getElementById("margin"));
watchSelection();
answerKeys();
answerEdge();
