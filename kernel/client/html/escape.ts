// Text that a student wrote, made harmless wherever it stands in a page.

/** For the text of an element and the value of a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** For a `<script type="application/json">`, which only `</script` and `<!--` could end. */
export function escapeScriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const ansiSequence = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** What a terminal would show of `text`: no colours, and of a line rewritten with `\r` only its last state. */
export function asShownByTerminal(text: string): string {
  const plain = text.replace(ansiSequence, "").replace(/\r+\n/g, "\n");
  // Line by line: one pattern over the whole text takes quadratic time on a long line.
  const lastState = (line: string) => line.slice(line.lastIndexOf("\r") + 1);
  return plain.split("\n").map(lastState).join("\n");
}
