// The notebooks of the served folder, as the home page lists them.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { largestFile } from "../contents/content-model.js";
import type { ServedFolder } from "../guard/served-folder.js";
import type { Words } from "../words.js";
import { progressOf, type TpProgress } from "./tp-progress.js";

export interface FoundNotebook {
  readonly path: string;
  /** Undefined for a file that is no notebook: who opens it learns why. */
  readonly progress: TpProgress | undefined;
}

/** So deep below the served folder, and so many: the home page is no file manager. */
const limits = { depth: 3, notebooks: 200 };

/** Reads each file once, and again when it has changed. */
export class NotebookFinder {
  private readonly served: ServedFolder;
  private readonly known = new Map<string, { readonly version: string; readonly progress: TpProgress | undefined }>();

  constructor(served: ServedFolder) {
    this.served = served;
  }

  /** By folder, then by name. */
  find(words: Words): FoundNotebook[] {
    const files = [...this.filesUnder(this.served.root, limits.depth, words)].slice(0, limits.notebooks);
    return files.map((file) => ({ path: this.served.pathOf(file), progress: this.progressOf(file) }));
  }

  private *filesUnder(folder: string, depth: number, words: Words): Generator<string> {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareNames(a.name, b.name));
    for (const entry of entries) {
      const isWanted = entry.isDirectory() ? depth > 0 : entry.name.endsWith(".ipynb");
      if (!isWanted || !this.served.isShown(folder, entry.name, words)) continue;
      const file = join(folder, entry.name);
      if (entry.isDirectory()) yield* this.filesUnder(file, depth - 1, words);
      else yield file;
    }
  }

  private progressOf(file: string): TpProgress | undefined {
    const { mtimeMs, size } = statSync(file);
    const version = `${mtimeMs} ${size}`;
    const known = this.known.get(file);
    if (known?.version === version) return known.progress;
    const progress = size > largestFile ? undefined : readProgress(file);
    this.known.set(file, { version, progress });
    return progress;
  }
}

function readProgress(file: string): TpProgress | undefined {
  try {
    return progressOf(JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")), basename(file, ".ipynb"));
  } catch {
    return undefined;
  }
}

const { compare: compareNames } = new Intl.Collator("fr", { numeric: true });
