// JSON that shows in a terminal or a viewer what it holds: characters that do not show are written by their numbers.

/** From C1 controls, which some terminals obey, to marks that turn a line around. JSON's own rules are about C0 only. */
const unseen = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** The same value as JSON.stringify gives, with two spaces a level and a line feed at the end. */
export const safeJson = (value: unknown): string => `${JSON.stringify(value, null, 2).replace(unseen, escaped)}\n`;

const escaped = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
