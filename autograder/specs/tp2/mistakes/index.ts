// Submissions that each have one mistake: those of the graph, then those of the network.
import type { KnownMistake } from "../../known-mistake.js";
import { sessionAMistakes } from "./session-a.js";
import { sessionBMistakes } from "./session-b.js";

export const mistakes: readonly KnownMistake[] = [...sessionAMistakes, ...sessionBMistakes];
