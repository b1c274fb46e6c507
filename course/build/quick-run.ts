// Runs both notebooks of a TP with small parameters: the solution must go through, the student's stop only at its holes.
import { dirname } from "node:path";
import type { Problem } from "./course-error.js";
import { placeOf } from "./course-source.js";
import { type Execute, type Failure, failures, run } from "./execute.js";
import { type Generated, generatedFiles } from "./generate.js";
import { unfinished } from "./messages.fr.js";
import { namesIn } from "./names.js";
import { withParameters } from "./notebook.js";
import { codeCells, type Notebook } from "./notebook-format.js";

export async function quickRunProblems(generated: Generated, execute: Execute): Promise<Problem[]> {
  const { source, solution, student } = generated;
  const paths = generatedFiles(source.tp);
  const runQuickly = (notebook: Notebook, file: string, allowErrors: boolean) => {
    const quick = withParameters(notebook, source.tp.quickParameters);
    return run(execute, quick, { folder: dirname(file), label: file, allowErrors });
  };
  const ofSolution = await runQuickly(solution, paths.solution, false);
  const ofStudent = await runQuickly(student, paths.student, true);
  return [
    ...explain(generated, paths.solution, ofSolution, failures(ofSolution)),
    ...explain(generated, paths.student, ofStudent, unexpectedFailures(ofStudent)),
  ];
}

function explain({ source }: Generated, file: string, executed: Notebook, failed: readonly Failure[]): Problem[] {
  const problems = failed.map(({ cell, message }) => ({ ...placeOf(source, cell), message: `in ${file}: ${message}` }));
  const notRun = codeCells(executed).find(({ execution_count }) => execution_count === null);
  if (notRun === undefined || problems.length > 0) return problems;
  return [{ ...placeOf(source, notRun.id), message: `in ${file}: the run ended before this cell` }];
}

/** Failures that are neither an unfinished exercise nor due to what a failed cell should have declared. */
function unexpectedFailures(executed: Notebook): Failure[] {
  const failed = new Map(failures(executed).map((failure) => [failure.cell, failure]));
  const missing = new Set<string>();
  return codeCells(executed).flatMap(({ id, source }) => {
    const failure = failed.get(id);
    if (failure === undefined) return [];
    const { declared, used } = namesIn(source);
    const expected = failure.message.includes(unfinished) || used.some(({ text }) => missing.has(text));
    for (const name of declared) missing.add(name);
    return expected ? [] : [failure];
  });
}
