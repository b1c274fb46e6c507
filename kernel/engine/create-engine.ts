// The engine of the kernel: cells in, outputs and one end each out. One notebook, one engine, one process.
import { join } from "node:path";
import type { CellError, MimeBundle, OutputMessage } from "../messages.js";
import type { CellEnd, CellEngine, CellRequest, Completion, EngineHost } from "./cell-engine.js";
import { type CompiledCell, compileCell } from "./compile-cell.js";
import { emitOptions } from "./compiler-options.js";
import { Execution, Executions } from "./executions.js";
import { complete } from "./language/complete.js";
import { inspectCode } from "./language/inspect.js";
import { isComplete } from "./language/is-complete.js";
import { lostNames } from "./lost-names.js";
import { type LoadedImports, NotebookModules } from "./modules.js";
import { type KeptCell, NotebookNames } from "./names.js";
import { captureOutput } from "./output.js";
import { NotebookProject } from "./project.js";
import { Replacements } from "./replacements.js";
import { runScript } from "./run-script.js";
import { SourcePositions } from "./source-positions.js";
import { installStackTraces } from "./stack-trace.js";
import { describeThrown, interrupted } from "./traceback.js";
import type { ShowBundle } from "./values/mime-bundle.js";
import { announceHost } from "./values/retroprop-host.js";
import { showValue } from "./values/show-value.js";
import { createTslabModule } from "./values/tslab-module.js";

/** Takes over what the process prints, its stack traces, and its unhandled errors. */
export function createEngine(host: EngineHost): CellEngine {
  const engine = new NotebookEngine(host);
  engine.install();
  return engine;
}

class NotebookEngine implements CellEngine {
  readonly #host: EngineHost;
  readonly #names = new NotebookNames();
  readonly #project: NotebookProject;
  readonly #executions = new Executions();
  readonly #positions = new SourcePositions();
  readonly #modules: NotebookModules;
  /** What `import … from "cell:3"` and `"tslab"` give. */
  readonly #innerModules = new Map<string, object>();
  readonly #replacements = new Replacements();
  #serial = 0;

  constructor(host: EngineHost) {
    this.#host = host;
    this.#project = new NotebookProject(host.folder, this.#names);
    const { options } = this.#project;
    this.#modules = new NotebookModules({
      folder: host.folder,
      inner: (specifier) => this.#innerModules.get(specifier),
      aliased: (specifier, from) =>
        options.paths === undefined && options.baseUrl === undefined
          ? undefined
          : this.#project.resolveSource(specifier, from),
      emitOptions: emitOptions(options),
      positions: this.#positions,
    });
  }

  install(): void {
    installStackTraces(this.#positions);
    captureOutput((name, text) => this.#output({ type: "stream", name, text }));
    process.on("unhandledRejection", (reason) => this.#fault(reason));
    process.on("uncaughtException", (error) => this.#fault(error));
    process.on("warning", ({ name, message }) => sayWarning(name, message));
    const show: ShowBundle = (data, { displayId, update = false } = {}) => this.#show(data, displayId, update);
    this.#innerModules.set("tslab", createTslabModule(show));
    announceHost(show);
    Object.assign(globalThis, {
      prompt: (message = "", initial = "") => this.#ask(String(message)) || String(initial),
    });
  }

  warmUp(): void {
    const compiled = compileCell(
      'const numbers = [1, 2].map((x) => x + 1);\nconsole.log("ready", numbers);',
      this.#project,
      this.#names,
    );
    if (isError(compiled)) throw new Error(`internal: the first cell does not compile: ${compiled.evalue}`);
  }

  execute(request: CellRequest, onEnd: (end: CellEnd) => void): void {
    const { current } = this.#executions;
    if (current !== undefined) throw new Error(`internal: cell ${current.request.count} is still running`);
    const compiled = this.#compile(request.code);
    if (isError(compiled)) onEnd({ status: "error", error: compiled });
    else this.#run(compiled, request, onEnd);
  }

  interrupt(): void {
    const { current } = this.#executions;
    if (current === undefined) return;
    current.clearTimers();
    this.#modules.forgetUnfinished();
    current.end({ status: "error", error: interrupted });
  }

  complete(code: string, cursor: number): Completion {
    return complete(this.#project, code, cursor);
  }

  inspect(code: string, cursor: number): MimeBundle | undefined {
    return inspectCode(this.#project, code, cursor);
  }

  isComplete(code: string): ReturnType<CellEngine["isComplete"]> {
    return isComplete(code);
  }

  /** A cell that the compiler stumbles over is an error of that cell: the notebook goes on. */
  #compile(code: string): CompiledCell | CellError {
    try {
      return compileCell(code, this.#project, this.#names);
    } catch (error) {
      return this.#describe(error);
    }
  }

  #run(compiled: CompiledCell, request: CellRequest, onEnd: (end: CellEnd) => void): void {
    const cell: KeptCell = { count: request.count, specifier: `cell:${++this.#serial}` };
    const exports = {};
    this.#innerModules.set(cell.specifier, exports);
    const execution = new Execution(request, (end) => {
      this.#host.onUserCode(false);
      this.#executions.end(execution);
      if (request.silent !== true) this.#keep(cell, compiled, exports, end.status === "ok");
      onEnd(end);
    });
    this.#executions.begin(execution);
    this.#host.onUserCode(true);
    const value = this.#executions.runAs(execution, () => this.#start(compiled, cell, exports));
    this.#executions.runAsKernel(() =>
      value.then(
        (result) => {
          if (execution.hasEnded) this.#keepLate(cell, compiled);
          else this.#succeed(execution, result);
        },
        (error) => this.#fail(execution, error),
      ),
    );
  }

  /** Runs the cell as far as it goes by itself: at once, unless it imports what has to be loaded first. */
  async #start(compiled: CompiledCell, cell: KeptCell, exports: object): Promise<unknown> {
    const path = join(this.#host.folder, "cell.ts");
    const toLoad = this.#modules.toLoad(compiled.emitted.specifiers);
    if (toLoad.length === 0) return this.#runBody(compiled, cell, exports, path, new Map());
    return this.#runBody(compiled, cell, exports, path, await this.#modules.load(toLoad, path));
  }

  #runBody(
    { source, emitted, toCell }: CompiledCell,
    cell: KeptCell,
    exports: object,
    path: string,
    loaded: LoadedImports,
  ): Promise<unknown> {
    const scriptName = `${cell.specifier}.ts`;
    this.#positions.add(scriptName, { label: `cell ${cell.count}`, text: source.code, toSource: toCell });
    const require = this.#modules.requireIn(path, loaded);
    return runScript(emitted.js, scriptName, { exports, require, path, importModule: this.#modules.importIn(path) });
  }

  #succeed(execution: Execution, value: unknown): void {
    this.#executions.runAs(execution, () => this.#showResult(execution, value));
    // Promises that the cell left rejected are told of before the next turn of the loop.
    afterThisTurn(() => execution.end({ status: "ok" }));
  }

  #fail(execution: Execution, error: unknown): void {
    execution.end({ status: "error", error: this.#describe(error) });
  }

  #showResult({ request }: Execution, value: unknown): void {
    const isShown = request.silent !== true && !isTimer(value);
    const data = isShown ? showValue(value) : undefined;
    if (data !== undefined) this.#host.onOutput(request.id, { type: "execute_result", data, metadata: {} });
  }

  #keep(cell: KeptCell, { source, seen, replaced }: CompiledCell, exports: object, succeeded: boolean): void {
    const lost = succeeded ? new Set<string>() : lostNames(source.declared, exports);
    const followed = new Map(replaced.map((old) => [old.name, old.cell.specifier]));
    for (const { name } of source.declared) {
      const old = this.#innerModules.get(followed.get(name) ?? "");
      if (lost.has(name)) continue;
      if (old === undefined) this.#replacements.leave(name);
      else this.#replacements.follow(name, old, exports);
    }
    this.#project.keep(cell, seen);
    this.#names.keep(cell, source, lost);
  }

  /** A fault beside its own flow has ended the cell, which went on and came to its end: what it has declared is there now. */
  #keepLate(cell: KeptCell, { source }: CompiledCell): void {
    const declared = source.declared.filter(({ name }) => this.#names.lostBy(name) === cell.count);
    this.#names.keep(cell, { ...source, declared, augments: false }, new Set());
  }

  /** What nothing has caught ends the cell that caused it; after its end, it is shown under it. */
  #fault(reason: unknown): void {
    const execution = this.#executions.responsible;
    if (execution === undefined) process.stderr.write(`${String(reason)}\n`);
    else if (execution.hasEnded) this.#host.onOutput(execution.request.id, this.#describe(reason));
    else this.#fail(execution, reason);
  }

  #describe(thrown: unknown): CellError {
    return describeThrown(thrown, this.#positions, this.#host.folder);
  }

  #show(data: MimeBundle, displayId: string | undefined, update: boolean): void {
    const metadata = {};
    if (update && displayId !== undefined) this.#output({ type: "update_display_data", displayId, data, metadata });
    else this.#output({ type: "display_data", ...(displayId !== undefined && { displayId }), data, metadata });
  }

  #output(output: OutputMessage): void {
    this.#host.onOutput(this.#executions.responsible?.request.id ?? "", output);
  }

  #ask(prompt: string): string {
    const id = this.#executions.responsible?.request.id ?? "";
    return this.#host.readInput(id, { prompt, password: false });
  }
}

/** Node itself would name the process, which is another at every run; and that it can require ES modules is no news here. */
function sayWarning(name: string, message: string): void {
  if (name !== "ExperimentalWarning") process.stderr.write(`${name}: ${message}\n`);
}

/** Node's own, whatever the notebook puts in its place: fake timers, for one. */
const afterThisTurn = setImmediate;

/** What `setTimeout` gives tells a reader nothing, and would be another text at every run. */
const isTimer = (value: unknown): boolean =>
  typeof value === "object" && value !== null && timerClasses.some((timer) => value instanceof timer);

const timerClasses = [setTimeout(() => {}, 0).unref(), setImmediate(() => {}).unref()].map(
  (timer) => timer.constructor as new () => object,
);

const isError = (compiled: CompiledCell | CellError): compiled is CellError => "type" in compiled;
