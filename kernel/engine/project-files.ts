// The files TypeScript sees: the modules of the cells, in memory, and those on disk, each read once until `refresh`.
import { statSync } from "node:fs";
import type TS from "typescript";
import { ts } from "./typescript.js";

export class ProjectFiles {
  readonly #inMemory = new Map<string, SeenFile>();
  readonly #onDisk = new Map<string, SeenFile>();
  #version = 0;

  /** Changes whenever any file does. */
  get version(): string {
    return String(this.#version);
  }

  write(path: string, text: string): void {
    this.#version += 1;
    this.#inMemory.set(path, { snapshot: ts.ScriptSnapshot.fromString(text), version: String(this.#version), text });
  }

  remove(path: string): void {
    this.#version += 1;
    this.#inMemory.delete(path);
  }

  /** Forgets what has changed on disk. Packages are taken not to change. */
  refresh(): void {
    this.#version += 1;
    for (const [path, { version }] of this.#onDisk) {
      if (!path.includes("/node_modules/") && diskVersion(path) !== version) this.#onDisk.delete(path);
    }
  }

  has(path: string): boolean {
    return this.#inMemory.has(path) || ts.sys.fileExists(path);
  }

  read(path: string): string | undefined {
    return this.#find(path)?.text;
  }

  snapshot(path: string): TS.IScriptSnapshot | undefined {
    return this.#find(path)?.snapshot;
  }

  versionOf(path: string): string {
    return this.#find(path)?.version ?? "absent";
  }

  #find(path: string): SeenFile | undefined {
    return this.#inMemory.get(path) ?? this.#onDisk.get(path) ?? this.#readFromDisk(path);
  }

  #readFromDisk(path: string): SeenFile | undefined {
    const version = diskVersion(path);
    const text = version === undefined ? undefined : ts.sys.readFile(path);
    if (version === undefined || text === undefined) return undefined;
    const file = { snapshot: ts.ScriptSnapshot.fromString(text), version, text };
    this.#onDisk.set(path, file);
    return file;
  }
}

interface SeenFile {
  readonly snapshot: TS.IScriptSnapshot;
  readonly version: string;
  readonly text: string;
}

/** When and how long: undefined where there is no file. */
function diskVersion(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? `${stat.mtimeMs}:${stat.size}` : undefined;
}
