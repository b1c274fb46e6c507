// What TypeScript knows of a notebook: one LanguageService over its cells and the files they import.
// `open` puts a cell that has not run where the service sees it, with the names of the cells before it.
import type TS from "typescript";
import { kernelGlobals, webAssemblyGlobals } from "./cell-globals.js";
import { type CellSource, readCell } from "./cell-source.js";
import { CheckedProgram } from "./checked-program.js";
import { compilerOptions } from "./compiler-options.js";
import { checkedText } from "./module-text.js";
import type { KeptCell, NamesOfCell, NotebookNames, OwnedName } from "./names.js";
import { ProjectFiles } from "./project-files.js";
import { javaScriptLibrary, type Library, nodeLibrary } from "./standard-library.js";
import { ts } from "./typescript.js";
import { tslabTypes } from "./values/tslab-module.js";

export interface Project {
  readonly service: TS.LanguageService;
  /** Makes the service see a cell that has not run, with every name of the earlier ones; it stays until the next is opened. */
  open(code: string): OpenCell;
}

/** The module of a cell as TypeScript reads it, and the way between its offsets and those of the cell (UTF-16 units). */
export interface OpenCell {
  /** The name under which the service knows the module. */
  readonly path: string;
  toModule(offset: number): number;
  /** Undefined for what stands in the module but not in the cell. */
  toCell(offset: number): number | undefined;
}

export class NotebookProject implements Project {
  readonly options: TS.CompilerOptions;
  /** With slashes, as TypeScript has it. */
  readonly folder: string;
  readonly #names: NotebookNames;
  readonly #files = new ProjectFiles();
  readonly #extension: ".ts" | ".tsx";
  /** The one module that the program starts from: others come in because it imports them. */
  readonly #draft: string;
  readonly #roots: string[];
  readonly #library: string;
  readonly #resolutions: TS.ModuleResolutionCache;
  readonly #checked: CheckedProgram;
  readonly #extensions = new Map<string, string>();
  #service: TS.LanguageService | undefined;

  constructor(folder: string, names: NotebookNames) {
    this.folder = folder.replaceAll("\\", "/").replace(/\/$/, "");
    this.#names = names;
    this.options = compilerOptions(this.folder);
    this.#extension = this.options.jsx === undefined ? ".ts" : ".tsx";
    this.#draft = this.#inFolder(`__cell${this.#extension}`);
    this.#writeGlobals();
    this.#files.write(this.#draft, "export {};");
    this.#library =
      this.options.lib === undefined ? this.#inFolder("__library.d.ts") : ts.getDefaultLibFilePath(this.options);
    this.#roots = [this.#draft, ...["__globals.d.ts", "__node.d.ts"].map((name) => this.#inFolder(name))];
    this.#resolutions = ts.createModuleResolutionCache(this.folder, (path) => path, this.options);
    this.#checked = new CheckedProgram({
      roots: this.#roots,
      options: this.options,
      files: this.#files,
      folder: this.folder,
      library: this.#library,
      resolutions: this.#resolutions,
      resolveModuleNameLiterals: this.#resolveAll,
    });
  }

  /** Made when first asked for: running cells needs none. */
  get service(): TS.LanguageService {
    this.#service ??= ts.createLanguageService(this.#serviceHost());
    return this.#service;
  }

  /** The program that the opened cell is checked in. */
  get program(): TS.Program {
    return this.#checked.current();
  }

  readCell(code: string): CellSource {
    return readCell(code, this.#draft);
  }

  open(code: string): OpenCell {
    const source = this.readCell(code);
    return this.openAs(source, this.#names.allFor(source));
  }

  /** Like {@link open}, with the names that the cell takes from the others, and those of theirs that it declares again. */
  openAs(source: CellSource, taken: readonly NamesOfCell[], again: readonly OwnedName[] = []): OpenCell {
    this.#files.write(this.#draft, checkedText(source, taken, again));
    const { length } = source.code;
    return {
      path: this.#draft,
      toModule: (offset) => offset,
      toCell: (offset) => (offset <= length ? offset : undefined),
    };
  }

  /**
   * The opened cell as later ones are to see it: its declarations, whose types nobody has to find out again; where
   * TypeScript cannot write them, the whole module.
   */
  seenFromLater(opened: Pick<OpenCell, "path">): SeenCell {
    const file = this.program.getSourceFile(opened.path);
    let declarations: string | undefined;
    const { diagnostics } = this.program.emit(file, (_, text) => (declarations = text), undefined, true);
    if (declarations !== undefined && diagnostics.length === 0) return { text: declarations, extension: ".d.ts" };
    return { text: file?.text ?? "", extension: this.#extension };
  }

  /** Makes a cell that has run importable under its specifier. */
  keep({ specifier }: KeptCell, { text, extension }: SeenCell): void {
    this.#extensions.set(specifier, extension);
    this.#files.write(this.#cellPath(specifier), text);
  }

  /** Looks at the files on disk again. */
  refresh(): void {
    this.#files.refresh();
    this.#resolutions.clear();
  }

  /** The TypeScript files of the notebook that a cell names in its imports. */
  sourcesOf({ specifiers }: CellSource): string[] {
    const found = specifiers.flatMap((specifier) => this.resolveSource(specifier, this.#draft) ?? []);
    return [...new Set(found)].filter((path) => /\.[cm]?tsx?$/.test(path) && !this.#isOwn(path));
  }

  /** The file that a module specifier means, as the checker has it; declarations do not count. */
  resolveSource(specifier: string, from: string): string | undefined {
    const found = this.#resolve(specifier, from.replaceAll("\\", "/"), undefined)?.resolvedFileName;
    return found === undefined || /\.d\.[cm]?ts$|\/node_modules\//.test(found) ? undefined : found;
  }

  readonly #resolveAll: NonNullable<TS.CompilerHost["resolveModuleNameLiterals"]> = (
    literals,
    from,
    _,
    options,
    file,
  ) =>
    literals.map((literal) => ({
      resolvedModule: this.#resolve(literal.text, from, ts.getModeForUsageLocation(file, literal, options)),
    }));

  #resolve(specifier: string, from: string, mode: TS.ResolutionMode): TS.ResolvedModuleFull | undefined {
    const cell = cellSpecifier(specifier);
    if (cell !== undefined) return { resolvedFileName: this.#cellPath(cell), extension: this.#extensionOf(cell) };
    if (specifier === "tslab") return { resolvedFileName: this.#inFolder("__tslab.d.ts"), extension: ".d.ts" };
    return ts.resolveModuleName(specifier, from, this.options, ts.sys, this.#resolutions, undefined, mode)
      .resolvedModule;
  }

  #cellPath(specifier: string): string {
    return this.#inFolder(`__${specifier.replace(":", "_")}${this.#extensionOf(specifier)}`);
  }

  #extensionOf(specifier: string): string {
    return this.#extensions.get(specifier) ?? this.#extension;
  }

  #isOwn = (path: string): boolean => path.startsWith(this.#inFolder("__"));

  #inFolder(name: string): string {
    return `${this.folder}/${name}`;
  }

  #writeGlobals(): void {
    const { lib, typeRoots = [] } = this.options;
    const hasDom = lib?.some((name) => name.includes("dom")) ?? false;
    this.#files.write(this.#inFolder("__globals.d.ts"), kernelGlobals + (hasDom ? "" : webAssemblyGlobals));
    this.#files.write(this.#inFolder("__tslab.d.ts"), tslabTypes);
    this.#writeLibrary("__node.d.ts", nodeLibrary(typeRoots));
    if (lib === undefined) this.#writeLibrary("__library.d.ts", javaScriptLibrary());
  }

  #writeLibrary(name: string, { text, files }: Library): void {
    this.#files.write(this.#inFolder(name), text);
    for (const path of files) this.#files.write(path, "");
  }

  #serviceHost(): TS.LanguageServiceHost {
    const files = this.#files;
    return {
      getCompilationSettings: () => this.options,
      getProjectVersion: () => files.version,
      getScriptFileNames: () => this.#roots,
      getScriptVersion: (path) => files.versionOf(path),
      getScriptSnapshot: (path) => files.snapshot(path),
      getCurrentDirectory: () => this.folder,
      getDefaultLibFileName: () => this.#library,
      fileExists: (path) => files.has(path),
      readFile: (path) => files.read(path),
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      resolveModuleNameLiterals: this.#resolveAll,
    };
  }
}

/** `cell:3`, which TypeScript writes as `./__cell_3` in the declarations of other cells. */
function cellSpecifier(specifier: string): string | undefined {
  const [, serial] = /^(?:cell:|\.\/__cell_)(\d+)$/.exec(specifier) ?? [];
  return serial === undefined ? undefined : `cell:${serial}`;
}

export interface SeenCell {
  readonly text: string;
  readonly extension: string;
}
