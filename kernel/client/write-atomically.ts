// Files appear whole or not at all: written beside their place under another name, then renamed.
import { randomBytes } from "node:crypto";
import { accessSync, constants, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** Writes `content` to `path`, making its folder. When it fails, what was there before is still there. */
export function writeAtomically(path: string, content: string): void {
  const folder = dirname(resolve(path));
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    writeFileSync(temporary, content, { flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Why `path` cannot be written, in a few words, or undefined when it can. Changes nothing on the disk. */
export function whyNotWritable(path: string): string | undefined {
  if (kindOf(path) === "folder") return "it is a folder";
  let folder = dirname(resolve(path));
  while (kindOf(folder) === "nothing") {
    const parent = dirname(folder);
    if (parent === folder) return `${folder} does not exist`;
    folder = parent;
  }
  if (kindOf(folder) === "file") return `${folder} is a file, not a folder`;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return `the folder ${folder} is not writable`;
  }
}

function kindOf(path: string): "file" | "folder" | "nothing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch (error) {
    // Below a file there is nothing either: ENOTDIR.
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return "nothing";
    throw error;
  }
}
