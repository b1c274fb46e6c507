// The tests of TP2 that give the rest of the points: fresh inputs, compared with the reference in double precision.
// Students see their titles and hints, never their inputs; nothing a student receives may import this file.
import { sessionAHidden } from "./hidden/session-a.js";
import { sessionBHidden } from "./hidden/session-b.js";

/** In course order. */
export default [...sessionAHidden, ...sessionBHidden];
