// The program that checks cells: made again for each, from the one before. It reads libraries without their documentation,
// which takes a third of the time to read and checks nothing; the LanguageService, which shows it, reads them its own way.
import { dirname } from "node:path";
import type TS from "typescript";
import type { ProjectFiles } from "./project-files.js";
import { ts } from "./typescript.js";

export interface ProgramSurroundings {
  readonly roots: readonly string[];
  readonly options: TS.CompilerOptions;
  readonly files: ProjectFiles;
  readonly folder: string;
  readonly library: string;
  readonly resolutions: TS.ModuleResolutionCache;
  readonly resolveModuleNameLiterals: NonNullable<TS.CompilerHost["resolveModuleNameLiterals"]>;
}

export class CheckedProgram {
  readonly #surroundings: ProgramSurroundings;
  readonly #host: TS.CompilerHost;
  readonly #parsed = new Map<string, { readonly version: string; readonly file: TS.SourceFile }>();
  #program: TS.Program | undefined;
  #version = "";

  constructor(surroundings: ProgramSurroundings) {
    this.#surroundings = surroundings;
    this.#host = this.#createHost();
  }

  /** As the files are now. */
  current(): TS.Program {
    const { roots, options, files } = this.#surroundings;
    if (this.#program !== undefined && this.#version === files.version) return this.#program;
    this.#version = files.version;
    const oldProgram = this.#program;
    this.#program = ts.createProgram({
      rootNames: roots,
      options,
      host: this.#host,
      ...(oldProgram === undefined ? {} : { oldProgram }),
    });
    return this.#program;
  }

  #createHost(): TS.CompilerHost {
    const { files, folder, library, resolutions, resolveModuleNameLiterals } = this.#surroundings;
    const { realpath } = ts.sys;
    return {
      getSourceFile: (path, options) => this.#sourceFile(path, options),
      getDefaultLibFileName: () => library,
      getDefaultLibLocation: () => dirname(ts.getDefaultLibFilePath({})),
      writeFile: () => {},
      getCurrentDirectory: () => folder,
      getCanonicalFileName: (path) => (ts.sys.useCaseSensitiveFileNames ? path : path.toLowerCase()),
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      getNewLine: () => "\n",
      fileExists: (path) => files.has(path),
      readFile: (path) => files.read(path),
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      ...(realpath === undefined ? {} : { realpath }),
      getModuleResolutionCache: () => resolutions,
      resolveModuleNameLiterals,
    };
  }

  #sourceFile(path: string, options: TS.ScriptTarget | TS.CreateSourceFileOptions): TS.SourceFile | undefined {
    const { files } = this.#surroundings;
    const version = files.versionOf(path);
    const known = this.#parsed.get(path);
    if (known?.version === version) return known.file;
    const text = files.read(path);
    if (text === undefined) return undefined;
    const { ParseForTypeErrors } = ts.JSDocParsingMode;
    const how = typeof options === "object" ? options : { languageVersion: options };
    const file = ts.createSourceFile(path, text, { ...how, jsDocParsingMode: ParseForTypeErrors });
    this.#parsed.set(path, { version, file });
    return file;
  }
}
