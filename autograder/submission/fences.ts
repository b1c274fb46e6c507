// Code between the marks that a chat or a text puts around it: three backquotes before and behind.
import { isSound } from "./statements.js";

/** Code copied from a chat, without its marks, and without the prose around them. Line numbers stay true. */
export function withoutFences(text: string): string {
  if (!isFenced(text)) return text;
  const marks = text.match(/^[ \t]*```.*$/gm) ?? [];
  let isInside = marks.length % 2 === 1 && /```\s*$/.test(marks[0]!); // the last mark of code whose first is gone
  const [inside, outside] = [[] as string[], [] as string[]];
  for (const line of text.split("\n")) {
    const isMark = /^[ \t]*```/.test(line);
    if (isMark) isInside = !isInside;
    inside.push(!isMark && isInside ? line : "");
    outside.push(!isMark && !isInside ? line : "");
  }
  const isCodeToo = isSound(outside.join("\n"));
  return inside.map((line, i) => (isCodeToo && line === "" ? outside[i]! : line)).join("\n");
}

/** To a compiler three marks are an empty text and a tag: code that holds some may be sound, and then mostly is. */
const isFenced = (text: string): boolean =>
  text.trimStart().startsWith("```") ||
  /^[ \t]*```(?:ts|typescript|js|javascript)[ \t]*$/m.test(text) ||
  (/^[ \t]*```/m.test(text) && !isSound(text));
