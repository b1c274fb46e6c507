// What the page says, in the language that was chosen.
import type { Language } from "./config.js";
import { english } from "./words.en.js";
import { french } from "./words.fr.js";

export type Words = typeof french;

export const wordsIn = (language: Language): Words => (language === "en" ? english : french);
