// One notebook between two changes: its cells as modules that import from one another, in one TypeScript program.
import { basename } from "node:path";
import type TS from "typescript";
import { checkedText } from "../../kernel/engine/module-text.js";
import { NotebookNames } from "../../kernel/engine/names.js";
import { NotebookProject } from "../../kernel/engine/project.js";
import type { AnalysedCell, AnalysisRequest, Reading } from "../analysis-protocol.js";
import { type CellModule, readModule } from "./cell-module.js";
import { declarations, readings } from "./names-of-cell.js";
import { problems } from "./problems.js";

export class AnalysedNotebook {
  readonly #project: NotebookProject;
  /** By the cell's id; of cells that share one, the others by their place too. */
  #modules: ReadonlyMap<string, CellModule> = new Map();
  #serial = 0;
  /** The text that makes the program hold every cell. */
  #importsOfAll = "";
  #specifiers = "";
  /** The files of the program that are no cells. */
  #surroundings: readonly TS.SourceFile[] = [];

  constructor(folder: string) {
    this.#project = new NotebookProject(folder, new NotebookNames());
  }

  analyse(cells: AnalysisRequest["cells"]): AnalysedCell[] {
    const modules = this.#readAll(cells);
    this.#refreshIfImportsMayHaveChanged(modules);
    this.#writeAll(modules);
    this.#lookAtWhatChanged(modules);
    return modules.map(answerOf);
  }

  #readAll(cells: AnalysisRequest["cells"]): CellModule[] {
    const found = new Map<string, CellModule>();
    for (const [place, { id, source }] of cells.entries()) {
      const key = found.has(id) ? `${id} ${place}` : id;
      const known = this.#modules.get(key) ?? { id, specifier: `cell:${++this.#serial}` };
      found.set(
        key,
        readModule(known, source, (code) => this.#project.readCell(code)),
      );
    }
    this.#modules = found;
    return [...found.values()];
  }

  /** Packages are taken not to change, and files of the notebook's own to change at any time. */
  #refreshIfImportsMayHaveChanged(modules: readonly CellModule[]): void {
    const specifiers = modules.flatMap(({ source }) => source.specifiers);
    const isFirst = this.#importsOfAll === "";
    const haveChanged = this.#specifiers !== specifiers.join("\n");
    this.#specifiers = specifiers.join("\n");
    if (!isFirst && (haveChanged || specifiers.some(isPath))) this.#project.refresh();
  }

  /** Each cell takes its names from the cells before it: of two that declare one, from the later. */
  #writeAll(modules: readonly CellModule[]): void {
    const names = new NotebookNames();
    const bySpecifier = new Map(modules.map((module) => [module.specifier, module]));
    for (const [place, module] of modules.entries()) {
      const taken = names.neededBy(module.source);
      module.taken = taken.map(({ cell, names: owned }) => ({ from: bySpecifier.get(cell.specifier)!, names: owned }));
      this.#write(module, checkedText(module.source, taken, []));
      names.keep({ count: place + 1, specifier: module.specifier }, module.source, new Set());
    }
    this.#importAll(modules.map(({ specifier }) => `import ${JSON.stringify(specifier)};`).join("\n"));
  }

  #write(module: CellModule, text: string): void {
    if (module.text === text) return;
    module.text = text;
    module.isWritten = true;
    const extension = this.#project.options.jsx === undefined ? ".ts" : ".tsx";
    this.#project.keep({ count: 0, specifier: module.specifier }, { text, extension });
  }

  #importAll(text: string): void {
    if (text === this.#importsOfAll) return;
    this.#importsOfAll = text;
    this.#project.openAs(this.#project.readCell(text), []);
  }

  /** A cell that others see as before reaches none of them: so it is with what is typed inside a function. */
  #lookAtWhatChanged(modules: readonly CellModule[]): void {
    const { program } = this.#project;
    const haveSurroundingsChanged = this.#surroundingsChanged(program);
    const reshaped = new Set<CellModule>();
    for (const module of modules) {
      const isReached = haveSurroundingsChanged || module.taken.some(({ from }) => reshaped.has(from));
      if (!isReached && !module.isWritten) continue;
      const before = module.shape;
      this.#look(module, program);
      if (isReached || module.shape === undefined || module.shape !== before) reshaped.add(module);
    }
  }

  #surroundingsChanged(program: TS.Program): boolean {
    const before = this.#surroundings;
    this.#surroundings = program.getSourceFiles().filter(({ fileName }) => !/^__cell/.test(basename(fileName)));
    return before.length !== this.#surroundings.length || this.#surroundings.some((file, i) => file !== before[i]);
  }

  #look(module: CellModule, program: TS.Program): void {
    const file = program.getSourceFile(this.#pathOf(module));
    if (file === undefined) throw new Error(`internal: ${module.specifier} is not in the program`);
    const checker = program.getTypeChecker();
    module.found = {
      declares: declarations(module, file, checker),
      reads: readings(module, file, checker),
      problems: problems(module, file.fileName, program, this.#project),
    };
    const { text, extension } = this.#project.seenFromLater({ path: file.fileName });
    module.shape = extension === ".d.ts" ? text : undefined;
    module.isWritten = false;
  }

  #pathOf({ specifier }: CellModule): string {
    return this.#project.resolveSource(specifier, this.#project.folder) ?? "";
  }
}

const isPath = (specifier: string): boolean => /^\.{0,2}\//.test(specifier);

function answerOf({ id, found, taken }: CellModule): AnalysedCell {
  const { declares = [], reads = [], problems = [] } = found ?? {};
  const origins = new Map(taken.flatMap(({ from, names }) => names.map(({ name }) => [name, from] as const)));
  const located = reads.flatMap(({ name, from, to }): Reading[] => {
    const origin = origins.get(name);
    const declared = origin?.found?.declares.find((one) => one.name === name);
    if (origin === undefined || declared === undefined) return [];
    return [{ name, from, to, definedIn: { cell: origin.id, from: declared.from, to: declared.to } }];
  });
  return { id, declares, reads: located, problems };
}
