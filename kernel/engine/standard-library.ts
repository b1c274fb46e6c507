// The declarations every cell has: those of JavaScript and of Node, each as one text. TypeScript and @types/node keep them
// in 150 files, and every file costs at every cell.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ts } from "./typescript.js";

export interface Library {
  readonly text: string;
  /** The files it stands for, with slashes: packages refer to some. */
  readonly files: ReadonlySet<string>;
}

/** ES2023, and what `using` needs. */
export function javaScriptLibrary(): Library {
  const folder = dirname(ts.getDefaultLibFilePath({}));
  const files = new Set<string>();
  const read = (name: string): string => {
    const path = withSlashes(join(folder, `lib.${name}.d.ts`));
    if (files.has(path)) return "";
    files.add(path);
    const text = readFileSync(path, "utf8");
    const referred = [...text.matchAll(libraryReference)].map(([, other = ""]) => read(other));
    return [...referred, text.replace(libraryReference, "")].join("\n");
  };
  return { text: ["es2023", "esnext.disposable"].map(read).join("\n"), files };
}

/** The first @types/node of these folders of types; its files that are modules themselves are referred to. */
export function nodeLibrary(typeRoots: readonly string[]): Library {
  const index = typeRoots.map((root) => join(root, "node/index.d.ts")).find((path) => existsSync(path));
  const [files, modules] = [new Set<string>(), new Set<string>()];
  const read = (file: string): string => {
    const path = withSlashes(file);
    if (files.has(path) || modules.has(path)) return "";
    const text = readFileSync(path, "utf8");
    if (isModule.test(text)) {
      modules.add(path);
      return "";
    }
    files.add(path);
    const referred = [...text.matchAll(pathReference)].map(([, other = ""]) => read(resolve(dirname(path), other)));
    return [...referred, text.replace(libraryReference, "").replace(pathReference, "")].join("\n");
  };
  const text = index === undefined ? "" : read(realpathSync(index));
  const references = [...modules].map((path) => `/// <reference path="${path}" />\n`).join("");
  return { text: references + text, files };
}

const libraryReference = /^\/\/\/ <reference lib="(.+?)".*$/gm;
const pathReference = /^\/\/\/ <reference path="(.+?)".*$/gm;
const isModule = /^(?:import|export)\b/m;

const withSlashes = (path: string): string => path.replaceAll("\\", "/");
