// All that a TP is made from, read and put side by side: its manifest, its lesson, the code of its exercises.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Exercise, Question, Tp } from "../manifest.js";
import { CourseError, type Place, type Problem } from "./course-error.js";
import { type Cell, type Lesson, parseLesson } from "./lesson.js";
import { type Declaration, type Library, openLibrary } from "./library.js";

export interface CourseSource {
  readonly tp: Tp;
  readonly lesson: Lesson;
  readonly library: Library;
  /** The declaration of an `exercise` or `given` cell. */
  declarationOf(cell: Cell): Declaration;
  exerciseOf(cell: Cell): Exercise;
  questionOf(cell: Cell): Question;
}

const lessonFile = (tp: Tp): string => `course/${tp.name}/lesson.fr.md`;
export const manifestFile = "course/manifest.ts";

/** Reads a TP of the course at `root`. */
export function readSource(root: string, tp: Tp): CourseSource {
  const lesson = readLesson(root, tp);
  const [first] = agreementProblems(tp, lesson);
  if (first) throw new CourseError(first, first.message);

  const cells = lesson.cells.filter(({ kind }) => kind === "exercise" || kind === "given");
  const exercises = new Map(tp.exercises.map((exercise) => [exercise.id, exercise]));
  const questions = new Map(tp.questions.map((question) => [question.id, question]));
  const symbolOf = (cell: Cell) => (cell.kind === "given" ? cell.target : exercises.get(cell.target)!.symbol);
  const library = openLibrary(
    root,
    cells.map((cell) => symbolOf(cell).replace(/#.*/, "")),
  );
  const declarations = new Map(
    cells.map((cell) => [cell, library.declaration(symbolOf(cell), { file: lesson.file, line: cell.line })]),
  );
  return {
    tp,
    lesson,
    library,
    declarationOf: (cell) => declarations.get(cell)!,
    exerciseOf: (cell) => exercises.get(cell.target)!,
    questionOf: (cell) => questions.get(cell.target)!,
  };
}

export function readLesson(root: string, tp: Tp): Lesson {
  const file = lessonFile(tp);
  if (!existsSync(join(root, file))) {
    throw new CourseError({ file, line: 1 }, `missing: ${manifestFile} announces ${tp.name}, its lesson stands here`);
  }
  return parseLesson(file, readFileSync(join(root, file), "utf8"));
}

/** Where the lesson has the cell of this id. */
export function placeOf({ lesson }: CourseSource, id: string): Place {
  return { file: lesson.file, line: lesson.cells.find((cell) => cell.id === id)?.line ?? 1 };
}

/** Where the manifest and the lesson do not say the same. */
export function agreementProblems(tp: Tp, lesson: Lesson): Problem[] {
  return [
    ...orderProblems(lesson, "exercise", tp.exercises),
    ...orderProblems(lesson, "question", tp.questions),
    ...checkProblems(lesson),
    ...hintProblems(lesson),
    ...parameterProblems(tp, lesson),
  ];
}

/** A check runs what the exercise above it has declared; one of an exercise that the TP does not have is above none. */
function checkProblems({ file, cells }: Lesson): Problem[] {
  return cells.flatMap(({ kind, target, line }, i) => {
    if (kind !== "check") return [];
    const isBelow = cells.slice(0, i).some((cell) => cell.kind === "exercise" && cell.target === target);
    return isBelow ? [] : [{ file, line, message: `this checks \`${target}\`: put it below that exercise` }];
  });
}

/** One far from its exercise would be lost when that moves. */
function hintProblems({ file, cells, hints }: Lesson): Problem[] {
  const before = (line: number) => cells.findLast((cell) => cell.kind === "exercise" && cell.line < line)?.target;
  const stray = hints.filter(({ exercise, line }) => before(line) !== exercise);
  return stray.map(({ exercise, line }) => ({
    file,
    line,
    message: `this is a hint for \`${exercise}\`: put it below that exercise, before the next`,
  }));
}

/** Small values are for constants of one `parameters` cell. */
function parameterProblems({ quickParameters }: Tp, { file, cells }: Lesson): Problem[] {
  const [first, second] = cells.filter(({ kind }) => kind === "parameters");
  if (second) return [{ file, line: second.line, message: "a second `ts parameters` cell: join it to the first" }];
  const absent = Object.keys(quickParameters).filter(
    (name) => !new RegExp(`\\bconst ${name}\\b`).test(first?.source ?? ""),
  );
  return absent.map((name) => ({
    file,
    line: first?.line ?? 1,
    message: `quickParameters of ${manifestFile} has \`${name}\`: declare it with const in the \`ts parameters\` cell`,
  }));
}

function orderProblems(lesson: Lesson, kind: "exercise" | "question", announced: readonly { id: string }[]): Problem[] {
  const cells = lesson.cells.filter((cell) => cell.kind === kind);
  const ids = announced.map(({ id }) => id);
  const unknown = cells.filter(({ target }) => !ids.includes(target));
  const absent = ids.filter((id) => !cells.some(({ target }) => target === id));
  if (unknown.length + absent.length > 0) {
    return [
      ...unknown.map(({ line, target }) => ({
        file: lesson.file,
        line,
        message: `no ${kind} \`${target}\` in ${manifestFile}, which has ${ids.join(", ") || "none"}`,
      })),
      ...absent.map((id) => ({
        file: lesson.file,
        line: 1,
        message: `the ${kind} \`${id}\` of ${manifestFile} is nowhere in the lesson`,
      })),
    ];
  }
  const misplaced = cells.findIndex(({ target }, i) => target !== ids[i]);
  if (misplaced < 0) return [];
  const { line, target } = cells[misplaced]!;
  const message = `${kind} \`${target}\` comes where ${manifestFile} has \`${ids[misplaced]}\`: use one order`;
  return [{ file: lesson.file, line, message }];
}
