// French typography: authors type plain spaces and apostrophes, readers get no-break spaces and curly apostrophes.
import type { Problem } from "./course-error.js";
import { mapProse } from "./prose.js";

const narrow = "\u202f";
const wide = "\u00a0";

/** Sets the spaces that must not break (before ; ! ? : » %, after «, inside 50 000) and the apostrophes. */
export function frenchTypography(markdown: string): string {
  return mapProse(markdown, (prose) =>
    prose
      .replace(/(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)/g, (number) => number.replaceAll(" ", narrow))
      .replace(/ +(?=[;!?])(?!!\[)/g, narrow)
      .replace(/(?<![\n ]) +(?=[:»%](?![:\w]))/g, wide)
      .replace(/« +/g, `«${wide}`)
      .replace(/(?<=\p{L})'(?=[\p{L}«*_`$])/gu, "’"),
  );
}

/** What the build cannot put right by itself in a text whose first line is `line` of `file`. */
export function typographyProblems(markdown: string, file: string, line: number): Problem[] {
  const problems: Problem[] = [];
  mapProse(markdown, (prose, offset) => {
    for (const { pattern, message } of mistakes) {
      for (const match of prose.matchAll(pattern)) {
        const linesBefore = markdown.slice(0, offset + match.index).split("\n").length - 1;
        problems.push({ file, line: line + linesBefore, message: message(match[0]) });
      }
    }
    return prose;
  });
  return problems;
}

const mistakes: readonly { pattern: RegExp; message: (found: string) => string }[] = [
  { pattern: /"/g, message: () => 'a straight quote " in French prose: write « … »' },
  {
    pattern: /[\p{L})»][;!?](?![\w[])/gu,
    message: (found) => `\`${found}\`: French wants a space before ${found.at(-1)}`,
  },
  {
    pattern: /«(?=[^\s\u00a0\u202f])|[^\s\u00a0\u202f]»/gu,
    message: (found) => `\`${found}\`: French wants a space inside « »`,
  },
];
