// Puts a folder in place whole: written beside it first, then exchanged with what was there.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { renameOver } from "../../../kernel/client/rename-over.js";

/** Makes `folder` hold these files and nothing else. When it fails, what was there before is still there. */
export function replaceFolder(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  const path = resolve(folder);
  const fresh = `${path}.${process.pid}.tmp`;
  const before = `${path}.${process.pid}.old`;
  try {
    for (const [file, content] of files) writeNew(join(fresh, file), content);
    if (existsSync(path)) renameOver(path, before);
    exchange(fresh, path, before);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(before, { recursive: true, force: true });
  }
}

function exchange(fresh: string, path: string, before: string): void {
  try {
    renameOver(fresh, path);
  } catch (error) {
    if (existsSync(before)) renameOver(before, path);
    throw error;
  }
}

function writeNew(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
