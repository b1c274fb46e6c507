// « Vérifier »: runs what the exercise needs and what has changed, then its check, on the notebook's live code.
import type { Runner } from "../notebook/run.js";
import type { Words } from "../words.js";
import type { AnalysisClient } from "./analysis-client.js";
import type { Exercise } from "./exercises.js";
import { type CodeCellText, hasRunAsItIs, prerequisitesOf } from "./prerequisites.js";

export interface VerifyOptions {
  readonly runner: Runner;
  readonly analysis: AnalysisClient;
  readonly codeCells: () => readonly CodeCellText[];
  /** As the notebook is now. */
  readonly current: (id: string) => Exercise | undefined;
  readonly words: Words["course"];
}

/** The sentence that says how it went. */
export async function verify(exercise: Exercise, options: VerifyOptions): Promise<string> {
  const { runner, analysis, codeCells, current, words } = options;
  const { cellId, checkId } = exercise;
  if (checkId === undefined) return words.notRun;
  const answer = await analysis.now();
  const before = prerequisitesOf([cellId, checkId], answer, codeCells(), runner.runs);
  if (before.length > 0 && !(await runner.runCells(before))) return words.prerequisiteFailed;
  const source = codeCells().find(({ id }) => id === cellId)?.source ?? "";
  if (!hasRunAsItIs(runner.runs.get(cellId), source) && !(await runner.runCells([cellId]))) return words.notRun;
  await runner.runCells([checkId]);
  const check = current(exercise.id)?.check;
  if (check === undefined) return words.notRun;
  return check.passed === check.tests ? words.allPassed : words.passed(check.passed, check.tests);
}
