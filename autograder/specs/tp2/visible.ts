// The tests of TP2 that students run themselves: `check` in the notebook, `retroprop check` in a terminal.
// This file and what it imports are given to students: literals and properties, no formula that is asked of them.
import { sessionAVisible } from "./visible/session-a.js";
import { sessionBVisible } from "./visible/session-b.js";

/** In course order. */
export default [...sessionAVisible, ...sessionBVisible];
