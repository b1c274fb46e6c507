// The cases in one notebook through Debian's `jupyter nbconvert --execute`, beside our own runner: the same outputs.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type CodeCell, type Notebook, type Output, parseNotebook, serializeNotebook } from "../client/notebook.js";
import { startKernel } from "../client/retroprop-kernel.js";
import { runNotebook } from "../client/run-notebook.js";
import { buildKernel } from "../fixtures/built-kernel.js";
import type { Case } from "./case.js";
import { cases } from "./cases.js";
import { differences, mergeStreams } from "./compare.js";
import { hasPythonModule, type Jupyter, openJupyter } from "./fixtures/jupyter.js";
import { writeFiles } from "./run-case.js";

const hasNbconvert = hasPythonModule("nbconvert", "the cases under nbconvert");

/** nbconvert neither interrupts nor changes files between cells. */
const isRunnable = ({ cells, notUnderNbconvert }: Case): boolean =>
  notUnderNbconvert === undefined && cells.every((cell) => cell.interruptAfterMs === undefined && !cell.files);
const runnable = cases.filter(isRunnable);

function notebookOf(chosen: readonly Case[]): Notebook {
  const sources = chosen.flatMap((one, i) => one.cells.map(({ code }, j) => ({ id: `case-${i}-${j}`, code })));
  const cells = sources.map(({ id, code }): CodeCell => {
    return { cell_type: "code", id, metadata: {}, source: code, outputs: [], execution_count: null };
  });
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  return { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
}

describe.skipIf(!hasNbconvert)("under nbconvert", () => {
  let jupyter: Jupyter;
  let ours: readonly CodeCell[];
  let theirs: readonly CodeCell[];
  beforeAll(async () => {
    const built = await buildKernel();
    jupyter = openJupyter(built.main);
    const folder = join(jupyter.folder, "notebooks");
    mkdirSync(folder);
    for (const one of runnable) writeFiles(folder, one.files);
    const notebook = notebookOf(runnable);
    const executed = executeByNbconvert(jupyter, folder, notebook, ["--allow-errors"]);
    if (executed.status !== 0) throw new Error(`nbconvert failed: ${executed.stderr.slice(-3000)}`);
    theirs = executed.cells;
    const kernel = await startKernel({ folder }, built.main);
    ours = (await runNotebook(notebook, kernel, { timeoutMs: 60_000, allowErrors: true })).notebook.cells as CodeCell[];
    return () => {
      jupyter.remove();
      built.remove();
    };
  }, 300_000);

  test.each(runnable.map((one, i) => ({ ...one, prefix: `case-${i}-` })))("$name", ({ cells, prefix }) => {
    const executed = theirs.filter(({ id }) => id.startsWith(prefix));
    const faults = cells.flatMap((cell, i) => {
      const { outputs, execution_count: executionCount } = executed[i]!;
      return differences(cell, { outputs, executionCount }).map((fault) => `cell ${i + 1}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  test("outputs and execution counts are those of our own runner", () => {
    const shown = (cells: readonly CodeCell[]) =>
      cells.map(({ id, outputs, execution_count }) => ({
        id,
        execution_count,
        outputs: abridged(mergeStreams(outputs)),
      }));
    expect(shown(theirs)).toEqual(shown(ours));
    expect(theirs.map(({ execution_count }) => execution_count)).toEqual(theirs.map((_, i) => i + 1));
  });

  test("without --allow-errors the first error ends the run, and is told", () => {
    const notebook = notebookOf([
      { name: "", cells: [{ code: "throw new RangeError('boum');" }, { code: "console.log('never');" }] },
    ]);
    const { status, stderr } = executeByNbconvert(jupyter, jupyter.folder, notebook, []);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/RangeError: boum/);
  });
});

/** Comparing megabytes character by character says no more than this. */
const abridged = (outputs: readonly Output[]): unknown[] =>
  outputs.map((output) => {
    if (output.output_type !== "stream" || output.text.length < 10_000) return output;
    return { ...output, text: `${output.text.length}: ${output.text.slice(0, 1000)}…${output.text.slice(-1000)}` };
  });

function executeByNbconvert(jupyter: Jupyter, folder: string, notebook: Notebook, options: readonly string[]) {
  const [input, output] = [join(folder, "in.ipynb"), join(folder, "out.ipynb")];
  writeFileSync(input, serializeNotebook(notebook));
  const form = ["--to", "notebook", "--execute", "--output", output];
  // Its own limits are for a machine that has nothing else to do: 4 s for the outputs of a cell that has ended.
  const patient = ["iopub_timeout", "startup_timeout"].map((limit) => `--ExecutePreprocessor.${limit}=120`);
  const { status, stderr } = jupyter.run("-m", "jupyter", "nbconvert", ...form, ...patient, ...options, input);
  if (status !== 0) return { status, stderr, cells: [] };
  return { status, stderr, cells: parseNotebook(readFileSync(output, "utf8"), output).cells as CodeCell[] };
}
