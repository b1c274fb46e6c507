// Lays the course over the notebook: headers above exercises, marks on stale cells, the panel; keeps them true.
import type { Cell } from "@jupyterlab/cells";
import type { Notebook } from "@jupyterlab/notebook";
import type { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { AnalysisAnswer } from "../../../analysis-protocol.js";
import type { TpMetadata } from "../../../course-notebook.js";
import { announce } from "../interface/announce.js";
import { element, setText } from "../interface/dom.js";
import { readCells } from "../notebook/read-cells.js";
import { renderDetached } from "../notebook/render-markdown.js";
import type { Runner } from "../notebook/run.js";
import type { Words } from "../words.js";
import type { AnalysisClient } from "./analysis-client.js";
import { ExerciseHeader } from "./exercise-header.js";
import { type CourseCell, type Exercise, pointsOf, readExercises } from "./exercises.js";
import { headingsOf } from "./outline.js";
import { type GoTo, namesSection, outlineSection, progressSection } from "./panel-sections.js";
import { type Staleness, stalenessOf } from "./staleness.js";
import { verify } from "./verify.js";

export interface CourseOptions {
  readonly notebook: Notebook;
  readonly rendermime: IRenderMimeRegistry;
  readonly runner: Runner;
  readonly analysis: AnalysisClient;
  readonly path: string;
  /** False on another kernel than the course's: exercises are not shown there. */
  readonly isOn: () => boolean;
  readonly words: Words;
  readonly goTo: GoTo;
  readonly onPoints: (earned: number, all: number) => void;
}

export class CourseLayer {
  readonly progress = element("div");
  readonly outline = element("div");
  readonly names = element("div");
  readonly #options: CourseOptions;
  readonly #headers = new Map<string, ExerciseHeader>();
  readonly #marks = new Map<string, HTMLElement>();
  readonly #tp: Partial<TpMetadata> | undefined;
  #exercises: readonly Exercise[] | undefined;
  #cells: readonly CourseCell[] = [];
  #waiting = false;

  constructor(options: CourseOptions) {
    this.#options = options;
    this.#tp = options.notebook.model?.getMetadata("retroprop") as Partial<TpMetadata> | undefined;
    this.names.replaceChildren(...namesSection(this.#tp?.names ?? [], options.words.course));
    this.refresh();
  }

  get exercises(): readonly Exercise[] {
    return this.#exercises ?? [];
  }

  get hasNames(): boolean {
    return (this.#tp?.names ?? []).length > 0;
  }

  /** Soon, once, however many changes there were: a cell that prints changes a thousand times a second. */
  changed(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => this.refresh(), 120);
  }

  refresh(): void {
    this.#waiting = false;
    const { notebook, isOn, words, goTo, onPoints } = this.#options;
    this.#cells = readCells(notebook);
    const before = this.#exercises;
    this.#exercises = isOn() ? readExercises(this.#tp, this.#cells) : [];
    if (JSON.stringify(before) !== JSON.stringify(this.#exercises)) {
      replaceKeepingFocus(this.progress, progressSection(this.#exercises, words.course, goTo));
      const { earned, all } = pointsOf(this.#exercises);
      onPoints(earned, all);
      this.#announceChanges(before ?? []);
    }
    const headings = headingsOf(this.#cells.filter(({ type }) => type === "markdown"));
    replaceKeepingFocus(this.outline, outlineSection(headings, words.course, goTo));
    this.#showStaleness(this.#options.analysis.latest);
  }

  /** Of the active cell, or of the last exercise above it. */
  async verifyHere(): Promise<void> {
    const { notebook } = this.#options;
    const above = this.#cells.slice(0, notebook.activeCellIndex + 1).map(({ id }) => id);
    const exercise = this.exercises.findLast(({ cellId }) => above.includes(cellId));
    if (exercise !== undefined) await this.#headers.get(exercise.cellId)?.verify();
  }

  #showStaleness(analysis: AnalysisAnswer | undefined): void {
    const sources = new Map(this.#cells.map(({ id, source }) => [id, source]));
    const found =
      analysis === undefined ? new Map<string, Staleness>() : stalenessOf(analysis, this.#options.runner.runs, sources);
    for (const cell of this.#options.notebook.widgets) this.#mark(cell, found.get(cell.model.id));
    for (const exercise of this.exercises) this.#showHeader(exercise, found);
  }

  #showHeader(exercise: Exercise, stale: ReadonlyMap<string, Staleness>): void {
    const isOld = stale.get(exercise.cellId)?.kind === "edited" || stale.has(exercise.checkId ?? "");
    const header = this.#headers.get(exercise.cellId) ?? this.#newHeader(exercise);
    header.show(exercise, isOld);
    this.#place(exercise.cellId, header.node);
  }

  #newHeader(exercise: Exercise): ExerciseHeader {
    const { words, rendermime } = this.#options;
    const key = `retroprop:hints:${this.#options.path}:${exercise.id}`;
    const header = new ExerciseHeader(exercise, {
      words: words.course,
      verify: () => this.#verify(exercise.id),
      renderHint: (markdown) => renderDetached(rendermime, { "text/markdown": markdown }),
      hintsSeen: {
        get: () => Number(sessionStorage.getItem(key) ?? 0),
        set: (count) => sessionStorage.setItem(key, String(count)),
      },
    });
    this.#headers.set(exercise.cellId, header);
    return header;
  }

  async #verify(id: string): Promise<string> {
    const { runner, analysis, words } = this.#options;
    const exercise = this.exercises.find((one) => one.id === id);
    if (exercise === undefined) return words.course.notRun;
    const codeCells = () => readCells(this.#options.notebook).filter(({ type }) => type === "code");
    const current = () => {
      this.refresh();
      return this.exercises.find((one) => one.id === id);
    };
    return verify(exercise, { runner, analysis, codeCells, current, words: words.course });
  }

  #mark(cell: Cell, staleness: Staleness | undefined): void {
    const { id } = cell.model;
    if (staleness === undefined) {
      this.#marks.get(id)?.remove();
      this.#marks.delete(id);
      delete cell.node.dataset["stale"];
      return;
    }
    const mark = this.#marks.get(id) ?? element("p", { class: "rp-stale" });
    this.#marks.set(id, mark);
    cell.node.dataset["stale"] = staleness.kind;
    setText(mark, sentence(staleness, this.#options.words.course));
    this.#place(id, mark);
  }

  /** In the header that JupyterLab leaves empty above each cell, which is there once the cell is drawn. */
  #place(id: string, node: HTMLElement): void {
    const cell = this.#options.notebook.widgets.find(({ model }) => model.id === id);
    const header = cell?.node.querySelector(":scope > .jp-CellHeader");
    if (header != null && node.parentElement !== header) header.append(node);
    else if (header == null) void cell?.ready.then(() => this.changed());
  }

  #announceChanges(before: readonly Exercise[]): void {
    for (const { id, title, state } of this.exercises) {
      const old = before.find((one) => one.id === id);
      if (old !== undefined && old.state !== state) announce(`${title} : ${this.#options.words.course[state]}`);
    }
  }
}

function sentence(staleness: Staleness, words: Words["course"]): string {
  if (staleness.kind === "edited") return words.edited;
  const { names } = staleness;
  if (names.length === 1) return words.stale(names[0]!);
  return words.staleMany(names.slice(0, -1).join(", ") + words.and + names.at(-1));
}

/** Drawn anew only where something changed; the button that had the focus has it still. */
function replaceKeepingFocus(target: HTMLElement, nodes: readonly Node[]): void {
  const made = element("div", {}, ...nodes);
  if (made.innerHTML === target.innerHTML) return;
  const at = [...target.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  target.replaceChildren(...made.childNodes);
  if (at >= 0) target.querySelectorAll("button")[at]?.focus();
}
