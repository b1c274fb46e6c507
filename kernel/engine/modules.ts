// What cells import: files of the notebook, compiled here and loaded again when they have changed, and packages, which
// Node loads. All that code names in its imports is loaded before it runs, since some of it can only be awaited.
import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { extname, relative } from "node:path";
import type TS from "typescript";
import { emit } from "./emit.js";
import { importPackage } from "./import-package.js";
import { fileVersion, findFile, isOutsidePackages, isPath } from "./module-paths.js";
import { requireAnew } from "./require-anew.js";
import { runScript } from "./run-script.js";
import type { SourcePositions } from "./source-positions.js";
import { ts } from "./typescript.js";

export interface ModuleSurroundings {
  /** The notebook's: messages tell paths from there. */
  readonly folder: string;
  /** What stands for `cell:3` and `tslab`; undefined for any other specifier. */
  inner(specifier: string): unknown;
  /** Where the notebook's own `paths` lead. */
  aliased(specifier: string, from: string): string | undefined;
  readonly emitOptions: TS.CompilerOptions;
  readonly positions: SourcePositions;
}

/** What the imports of one body gave, or why they did not: told when the body asks. */
export type LoadedImports = ReadonlyMap<string, { readonly value: unknown } | { readonly error: unknown }>;

export class NotebookModules {
  readonly #surroundings: ModuleSurroundings;
  readonly #modules = new Map<string, SourceModule>();

  constructor(surroundings: ModuleSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Those that `require` cannot give before {@link load} has. */
  toLoad(specifiers: readonly string[]): string[] {
    return specifiers.filter((one) => this.#surroundings.inner(one) === undefined && !isBuiltin(one));
  }

  load(specifiers: readonly string[], from: string): Promise<LoadedImports> {
    return this.#loadAll(specifiers, from, new LoadingOnce());
  }

  /** The function `require` of a body in the file `from`. */
  requireIn(from: string, loaded: LoadedImports): unknown {
    const node = createRequire(from);
    const require = (specifier: string): unknown => {
      const found = loaded.get(specifier);
      if (found === undefined) return this.#surroundings.inner(specifier) ?? node(specifier);
      if ("error" in found) throw found.error;
      return found.value;
    };
    return Object.assign(require, { resolve: node.resolve, cache: node.cache, main: node.main });
  }

  /** What `import(specifier)` means in the file `from`. */
  importIn(from: string): (specifier: string) => Promise<unknown> {
    return async (specifier) => asNamespace(await this.#load(String(specifier), from, new LoadingOnce()));
  }

  /** After an interrupt, nobody may wait for a module that will never have loaded. */
  forgetUnfinished(): void {
    for (const [path, { finished }] of this.#modules) if (!finished) this.#modules.delete(path);
  }

  async #loadAll(specifiers: readonly string[], from: string, once: LoadingOnce): Promise<LoadedImports> {
    const loaded = new Map<string, { value: unknown } | { error: unknown }>();
    for (const specifier of specifiers) {
      try {
        loaded.set(specifier, { value: await this.#load(specifier, from, once) });
      } catch (error) {
        loaded.set(specifier, { error });
      }
    }
    return loaded;
  }

  async #load(specifier: string, from: string, once: LoadingOnce): Promise<unknown> {
    const inner = this.#surroundings.inner(specifier);
    if (inner !== undefined) return inner;
    const path = this.#fileOf(specifier, from);
    if (path === undefined) return importPackage(specifier, from);
    if (isSource(path)) return this.#loadSource(path, once);
    once.found.add(path);
    return extname(path) === ".json" ? readJson(path) : requireAnew(path);
  }

  #fileOf(specifier: string, from: string): string | undefined {
    if (isBuiltin(specifier)) return undefined;
    return isPath(specifier) ? findFile(specifier, from) : this.#surroundings.aliased(specifier, from);
  }

  async #loadSource(path: string, once: LoadingOnce): Promise<object> {
    once.found.add(path);
    const known = this.#modules.get(path);
    if (known !== undefined && !known.finished) {
      // One that imports itself through others sees what there is so far; anybody else waits.
      if (!once.begun.has(path)) await known.loading;
      return known.exports;
    }
    if (known !== undefined && this.#isFresh(known)) return known.exports;
    const module = new SourceModule(path);
    this.#modules.set(path, module);
    once.begun.add(path);
    module.loading = this.#runSource(module, once);
    await module.loading;
    return module.exports;
  }

  /** Neither the file nor any that it imports has changed, nor been loaded again. */
  #isFresh(module: SourceModule, seen: Set<SourceModule> = new Set()): boolean {
    if (seen.has(module)) return true;
    seen.add(module);
    if (module.version !== fileVersion(module.path)) return false;
    return [...module.imported].every(([path, was]) =>
      was instanceof SourceModule
        ? this.#modules.get(path) === was && this.#isFresh(was, seen)
        : fileVersion(path) === was,
    );
  }

  async #runSource(module: SourceModule, once: LoadingOnce): Promise<void> {
    const { path } = module;
    try {
      const { js, specifiers } = this.#compile(path);
      const inside = new LoadingOnce(once.begun);
      const loaded = await this.#loadAll(this.toLoad(specifiers), path, inside);
      for (const file of inside.found) module.imported.set(file, this.#modules.get(file) ?? fileVersion(file));
      const require = this.requireIn(path, loaded);
      await runScript(js, path, { exports: module.exports, require, path, importModule: this.importIn(path) });
      module.finished = true;
    } catch (error) {
      this.#modules.delete(path);
      throw error;
    }
  }

  #compile(path: string): { js: string; specifiers: readonly string[] } {
    const { emitOptions, positions, folder } = this.#surroundings;
    const text = readFileSync(path, "utf8");
    const emitted = emit(text, path, emitOptions);
    const [fault] = emitted.faults;
    if (fault !== undefined) throw new SyntaxError(faultText(relative(folder, path), fault));
    positions.add(path, { label: path, text, toSource: ({ line, column }) => emitted.toSource(line, column) });
    return emitted;
  }
}

class SourceModule {
  readonly path: string;
  readonly version: string | undefined;
  readonly exports: object = {};
  /** What it imports: modules of ours, and versions of other files. */
  readonly imported = new Map<string, SourceModule | string | undefined>();
  finished = false;
  loading: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
    this.version = fileVersion(path);
  }
}

/** What one import, with all that it leads to, has begun to load; and the files that one body named. */
class LoadingOnce {
  readonly begun: Set<string>;
  readonly found = new Set<string>();

  constructor(begun: Set<string> = new Set()) {
    this.begun = begun;
  }
}

/** TypeScript, or JavaScript written as an ES module: Node could load that only once. */
function isSource(path: string): boolean {
  if (/\.([cm]?tsx?|mjs|jsx)$/.test(path)) return !/\.d\.[cm]?ts$/.test(path);
  if (extname(path) !== ".js" || !isOutsidePackages(path)) return false;
  return ts.isExternalModule(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new SyntaxError(`${path}: ${(error as Error).message}`);
  }
}

function faultText(path: string, { file, start = 0, code, messageText }: TS.Diagnostic): string {
  const { line, character } = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  return `${path} line ${line + 1}, column ${character + 1}: TS${code}: ${message}`;
}

/** A CommonJS module is the default of its namespace, as in a static import. */
function asNamespace(value: unknown): unknown {
  if (typeof value === "object" && value !== null && ("__esModule" in value || isNamespace(value))) return value;
  const members = typeof value === "object" || typeof value === "function" ? value : {};
  return { ...members, default: value };
}

const isNamespace = (value: object): boolean => Object.prototype.toString.call(value) === "[object Module]";
