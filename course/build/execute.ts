// Running notebooks is the kernel's affair: the build asks for it through this function, which the command line gives.
import { codeCells, formatNotebook, type Notebook, parseNotebook } from "./notebook-format.js";

/** Runs the notebook of an .ipynb text and resolves with the executed one's text. Rejects only if nothing can run. */
export type Execute = (ipynb: string, task: ExecuteTask) => Promise<string>;

export interface ExecuteTask {
  /** The folder the notebook belongs to, relative to the root: its imports are found from there. */
  readonly folder: string;
  /** What is being run, for whoever waits. */
  readonly label: string;
  /** Whether to go on after a cell that fails. */
  readonly allowErrors: boolean;
}

export interface Failure {
  readonly cell: string;
  /** The error's first line. */
  readonly message: string;
}

/** Runs a notebook through `execute`. */
export const run = async (execute: Execute, notebook: Notebook, task: ExecuteTask): Promise<Notebook> =>
  parseNotebook(await execute(formatNotebook(notebook), task));

/** The cells of an executed notebook that ended in an error. */
export const failures = (executed: Notebook): Failure[] =>
  codeCells(executed).flatMap(({ id, outputs }) =>
    outputs
      .filter(({ output_type }) => output_type === "error")
      .map(({ ename, evalue }) => ({ cell: id, message: `${ename}: ${String(evalue).split("\n")[0]}` })),
  );
