// From the sources of a TP to the text of every generated file. Writes nothing.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tp } from "../manifest.js";
import { CourseError } from "./course-error.js";
import { type CourseSource, readSource } from "./course-source.js";
import { formatLock, lockFile, lostIds, readLock } from "./ids-lock.js";
import { notebook } from "./notebook.js";
import { formatNotebook, type Notebook, parseNotebook } from "./notebook-format.js";
import { isExecuted, sameCode, withOutputsOf } from "./outputs.js";
import { typescriptFile } from "./typescript-file.js";

export interface Generated {
  readonly source: CourseSource;
  readonly student: Notebook;
  /** With the outputs that the one on disk has, if it runs the same code. */
  readonly solution: Notebook;
  /** File, relative to the root → its text. */
  readonly files: ReadonlyMap<string, string>;
  /** What the author should know, one line each. */
  readonly notices: readonly string[];
}

/** The four files of a TP, by what they are. */
export const generatedFiles = ({ name }: Tp) => ({
  student: `notebooks/${name}.ipynb`,
  exercises: `exercises/${name}.ts`,
  solutions: `solutions/${name}.ts`,
  solution: `solutions/${name}.ipynb`,
});

/** Generates everything of a TP, or throws the CourseError that forbids it. */
export function generate(root: string, tp: Tp): Generated {
  const source = readSource(root, tp);
  const locked = readLock(root, tp);
  const [lost] = lostIds(tp, locked, source.lesson);
  if (lost) throw new CourseError(lost, lost.message);

  const paths = generatedFiles(tp);
  const student = notebook(source, "student");
  const { kept: solution, notices } = keepOutputs(root, paths.solution, notebook(source, "solution"));
  const files = new Map([
    [lockFile(tp), formatLock(locked, source.lesson)],
    [paths.student, formatNotebook(student)],
    [paths.exercises, typescriptFile(source, "student")],
    [paths.solutions, typescriptFile(source, "solution")],
    [paths.solution, formatNotebook(solution)],
  ]);
  return { source, student, solution, files, notices };
}

function keepOutputs(root: string, file: string, fresh: Notebook): { kept: Notebook; notices: string[] } {
  const before = readNotebook(join(root, file));
  const advice = "`retroprop build --execute` computes them";
  if (before === "unreadable")
    return { kept: fresh, notices: [`${file} could not be read: written anew, without outputs; ${advice}`] };
  if (before === undefined || !isExecuted(before))
    return { kept: fresh, notices: [`${file} has no outputs yet: ${advice}`] };
  if (sameCode(before, fresh)) return { kept: withOutputsOf(fresh, before), notices: [] };
  return { kept: fresh, notices: [`${file}: its code has changed, so its outputs are dropped; ${advice}`] };
}

function readNotebook(path: string): Notebook | "unreadable" | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return parseNotebook(readFileSync(path, "utf8"));
  } catch {
    return "unreadable";
  }
}
