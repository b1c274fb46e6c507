// All attacks there are: the rows of the design's table that a submission can try, and more of our own.
import type { Attack } from "./attack.js";
import { answers } from "./attacks/answers.js";
import { forging } from "./attacks/forging.js";
import { graphs } from "./attacks/graphs.js";
import { handingIn } from "./attacks/handing-in.js";
import { limits } from "./attacks/limits.js";
import { reading } from "./attacks/reading.js";

export const attacks: readonly Attack[] = [
  ...[...forging, ...answers, ...limits, ...reading, ...handingIn, ...graphs],
].sort((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
