// Runs cells as JupyterLab does, and remembers what ran since the kernel started: what is stale follows from it.
import type { SessionContext } from "@jupyterlab/apputils";
import { type Cell, CodeCell } from "@jupyterlab/cells";
import { type Notebook, NotebookActions, runCell, setCellExecutor } from "@jupyterlab/notebook";
import { endUndoStep } from "./cell-actions.js";
import { takeBackQuestion } from "./questions.js";
import { kernelOf, kernelState, restart } from "./session.js";

setCellExecutor({ runCell });

/** The last run of a cell in the life of this kernel. */
export interface Run {
  /** 1, 2, … over all cells. */
  readonly order: number;
  readonly source: string;
  readonly succeeded: boolean | undefined;
}

export class Runner {
  readonly #notebook: Notebook;
  readonly #session: SessionContext;
  readonly #runs = new Map<string, Run>();
  #count = 0;
  /** The first cell that failed of those that run together. */
  #failed: string | undefined;
  /** After each change of {@link runs}. */
  onChange: () => void = () => {};
  /** Several cells were run together, and those behind this one were given up: it failed. */
  onStopped: (id: string) => void = () => {};
  /** A cell waits for an answer: no other runs before it has one. */
  onUnanswered: () => void = () => {};

  constructor(notebook: Notebook, session: SessionContext) {
    this.#notebook = notebook;
    this.#session = session;
    NotebookActions.executionScheduled.connect((_, { cell }) => this.#scheduled(cell));
    NotebookActions.executed.connect((_, { cell, success, error }) => {
      if (!success && error?.errorName === undefined) this.#givenUp(cell);
      else this.#ended(cell, success);
    });
  }

  get runs(): ReadonlyMap<string, Run> {
    return this.#runs;
  }

  runAndAdvance = () => this.#ready(() => NotebookActions.runAndAdvance(this.#notebook, this.#session));
  runAndStay = () => this.#ready(() => NotebookActions.run(this.#notebook, this.#session));
  runAndInsert = () => this.#ready(() => NotebookActions.runAndInsert(this.#notebook, this.#session));
  runAll = () => this.#together(() => NotebookActions.runAll(this.#notebook, this.#session));
  runAllAbove = () => this.#together(() => NotebookActions.runAllAbove(this.#notebook, this.#session));

  runCells(ids: readonly string[]): Promise<boolean> {
    const cells = ids.flatMap((id) => this.#notebook.widgets.find(({ model }) => model.id === id) ?? []);
    return this.#ready(() => NotebookActions.runCells(this.#notebook, cells, this.#session));
  }

  async interrupt(): Promise<void> {
    await kernelOf(this.#session)?.interrupt();
  }

  async restart(): Promise<void> {
    this.#forgetAll();
    await restart(this.#session);
    await kernelOf(this.#session)?.info;
  }

  async restartAndRunAll(): Promise<void> {
    await this.restart();
    await this.runAll();
  }

  /** Where the kernel has died by itself, or another has taken its place. */
  kernelIsNew(): void {
    this.#forgetAll();
  }

  async #ready(run: () => Promise<boolean>): Promise<boolean> {
    await this.#session.ready;
    const state = kernelState(this.#session);
    if (state === "dead" || state === "lost") return false;
    if (this.#session.pendingInput) {
      this.onUnanswered();
      return false;
    }
    // Running may add a cell.
    endUndoStep(this.#notebook);
    return run();
  }

  /** Stops at the first error, as the kernel gives up what is queued behind it, and says where. */
  async #together(run: () => Promise<boolean>): Promise<boolean> {
    this.#failed = undefined;
    const succeeded = await this.#ready(run);
    if (!succeeded && this.#failed !== undefined) this.onStopped(this.#failed);
    return succeeded;
  }

  #forgetAll(): void {
    this.#runs.clear();
    for (const cell of this.#notebook.widgets) if (cell instanceof CodeCell) cell.model.executionState = "idle";
    this.onChange();
  }

  #scheduled(cell: Cell): void {
    const { id, sharedModel } = cell.model;
    this.#runs.set(id, { order: ++this.#count, source: sharedModel.getSource(), succeeded: undefined });
    this.onChange();
  }

  /** Queued behind a cell that failed, it never ran: no number says that it did. */
  #givenUp(cell: Cell): void {
    this.#runs.delete(cell.model.id);
    if (cell instanceof CodeCell) cell.model.executionCount = null;
    this.onChange();
  }

  #ended(cell: Cell, succeeded: boolean): void {
    if (cell instanceof CodeCell) takeBackQuestion(cell);
    const { model } = cell;
    if (!succeeded) this.#failed ??= model.id;
    const run = this.#runs.get(model.id);
    if (run !== undefined) this.#runs.set(model.id, { ...run, succeeded });
    this.onChange();
  }
}
