// The `md names` block of a lesson: a table of what Python calls what the lesson uses, with a sentence for each.
import { CourseError, type Place } from "./course-error.js";

export interface NameRow {
  /** `W @ x`, without backticks. */
  readonly python: string;
  /** `W.matmul(x)`. */
  readonly typescript: string;
  /** One French sentence. */
  readonly what: string;
  readonly line: number;
}

/** The rows below the header and its rule; `place` is that of the first line. */
export function readNameTable(source: string, { file, line }: Place): NameRow[] {
  const rows = source.split("\n").map((text, i) => ({ text: text.trim(), line: line + i }));
  const [header, rule, ...others] = rows.filter(({ text }) => text !== "");
  if (header === undefined || rule === undefined || !/^\|[\s|:-]+\|$/.test(rule.text))
    throw new CourseError(
      { file, line },
      "expected a table `| Python | TypeScript | … |` with a rule below its header",
    );
  return others.map(({ text, line }) => readRow(text, { file, line }));
}

function readRow(text: string, place: Place): NameRow {
  const [, python, typescript, what] = /^\| *`([^`]+)` *\| *`([^`]+)` *\| *([^|]*[^|\s]) *\|$/.exec(text) ?? [];
  if (python === undefined || typescript === undefined || what === undefined)
    throw new CourseError(place, `expected \`| \`Python\` | \`TypeScript\` | sentence |\`, received \`${text}\``);
  return { python, typescript, what, line: place.line };
}
