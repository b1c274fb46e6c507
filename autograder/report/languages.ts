// The words of each language a report is written in.
import { english } from "./messages.en.js";
import { french } from "./messages.fr.js";
import type { Language, Words } from "./words.js";

export const wordsIn: Readonly<Record<Language, Words>> = { fr: french, en: english };
