// Files appear whole or not at all: written beside their place under another name, then renamed.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { renameOver } from "./rename-over.js";

/** Writes `content` to `path`, making its folder. When it fails, what was there before is still there. */
export function writeAtomically(path: string, content: string | Uint8Array, mode = 0o666): void {
  const folder = dirname(resolve(path));
  makeFolder(folder);
  const temporary = temporaryBeside(join(folder, basename(path)));
  try {
    writeFileSync(temporary, content, { flag: "wx", mode });
    renameOver(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it. One by one: `mkdirSync(…, { recursive: true })` never returns from /proc. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Why `path` cannot be written, in a few words, or undefined when it can. Leaves nothing on the disk. */
export function whyNotWritable(path: string): string | undefined {
  if (kindOf(path) === "folder") return "it is a folder";
  let folder = dirname(resolve(path));
  while (kindOf(folder) === "nothing") {
    const parent = dirname(folder);
    if (parent === folder) return `${folder} does not exist`;
    folder = parent;
  }
  if (kindOf(folder) === "file") return `${folder} is a file, not a folder`;
  const probe = temporaryBeside(join(folder, basename(path)));
  try {
    writeFileSync(probe, "", { flag: "wx" });
    return undefined;
  } catch {
    return `the folder ${folder} is not writable`;
  } finally {
    rmSync(probe, { force: true });
  }
}

const temporaryBeside = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);

function kindOf(path: string): "file" | "folder" | "nothing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch (error) {
    // Below a file there is nothing either: ENOTDIR.
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return "nothing";
    throw error;
  }
}
