// Looks for solutions where students would find them.
import type { Place, Problem } from "./course-error.js";
import { type CourseSource, placeOf } from "./course-source.js";
import { type Generated, generatedFiles } from "./generate.js";
import { hiddenPart } from "./stub.js";

/** So many characters, blanks not counted, are no coincidence: in one line, in two that follow, in a whole body. */
const telling = { line: 40, pair: 32, body: 16 };

/** A hint speaks of nothing but its exercise: there, a line of the solution is the answer, however short. */
const tellingInHint = { line: 18, pair: 14, body: 8 };

/** Less than this is in any text. */
const shortest = 6;

/** Places in the student's files that hold the body of a solution, a telling line of one, or of a model answer. */
export function leakProblems({ source, student, files }: Generated): Problem[] {
  const { exercises } = generatedFiles(source.tp);
  const published: Published[] = [
    { file: exercises, line: 1, text: files.get(exercises)! },
    ...student.cells.map(({ id, source: text }) => ({ ...placeOf(source, id), text })),
  ];
  return [...leaksIn(source, published), ...leaksInHints(source)];
}

function leaksInHints(source: CourseSource): Problem[] {
  const { file, hints, names } = source.lesson;
  const shown = [
    ...hints.map(({ source: text, line }) => ({ file, line, text })),
    ...names.map(({ typescript, line }) => ({ file, line, text: typescript })),
  ];
  return secrets(source, tellingInHint).flatMap((secret) => shown.flatMap((one) => leakIn(one, secret)));
}

/** A text that students may read; its first line stands at this place. */
export interface Published extends Place {
  readonly text: string;
}

/** Places in some texts that hold a part of what the lesson keeps from students. */
export const leaksIn = (source: CourseSource, published: readonly Published[]): Problem[] =>
  secrets(source, telling).flatMap((secret) => published.flatMap((shown) => leakIn(shown, secret)));

interface Secret {
  readonly owner: string;
  /** Without blanks. */
  readonly fragments: readonly string[];
}

function secrets({ lesson, declarationOf }: CourseSource, lengths: Lengths): Secret[] {
  return lesson.cells.flatMap((cell) => {
    if (cell.kind === "exercise") return [secret(cell.target, hiddenPart(declarationOf(cell)), lengths)];
    const isKept = cell.kind === "question" || cell.kind === "solution";
    return isKept ? [secret(cell.target || cell.id, cell.source, lengths)] : [];
  });
}

type Lengths = typeof telling;

function secret(owner: string, text: string, lengths: Lengths): Secret {
  const body = condensed(text.replace(/^\{|\}$/g, ""));
  const lines = text
    .split("\n")
    .map(condensed)
    .filter((line) => line !== "");
  const pairs = lines.slice(1).map((line, i) => lines[i]! + line);
  const atLeast = (length: number) => (fragment: string) => fragment.length >= length;
  const fragments = [
    ...lines.filter(atLeast(lengths.line)),
    ...pairs.filter(atLeast(lengths.pair)),
    ...[body].filter(atLeast(lengths.body)),
  ];
  return { owner, fragments: fragments.map(essential).filter(atLeast(shortest)) };
}

/** What is left of code quoted in a sentence. */
const essential = (fragment: string): string => fragment.replace(/^return/, "").replace(/[;{]+$/, "");

function leakIn({ file, line, text }: Published, { owner, fragments }: Secret): Problem[] {
  const shown = condensed(text);
  const found = fragments.find((fragment) => shown.includes(fragment));
  if (found === undefined) return [];
  const linesBefore = lineBreaksBefore(text, shown.indexOf(found));
  return [{ file, line: line + linesBefore, message: `shows students a part of the solution of \`${owner}\`` }];
}

const condensed = (text: string): string => text.replace(/\s+/g, "");

/** How many line breaks stand before the character that is at `index` once blanks are removed. */
function lineBreaksBefore(text: string, index: number): number {
  let linesBefore = 0;
  let seen = 0;
  for (const line of text.split("\n")) {
    seen += condensed(line).length;
    if (seen > index) break;
    linesBefore++;
  }
  return linesBefore;
}
