// The folder that becomes a submission's whole file system: Node, its libraries and one program, all of it read-only.
import { chmodSync, copyFileSync, linkSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { nodeLibraries } from "./node-libraries.js";
import { programFiles, writeProgram } from "./program.js";

/** Where things are, seen from inside. */
export const inside = {
  ...{ node: "/node", folder: "/job" },
  ...{ program: `/job/${programFiles.text}`, data: `/job/${programFiles.data}` },
};

/** `program` is the text of one CommonJS file, which may read `data` beside it. */
export function buildJail(jail: string, program: string, data?: Buffer): void {
  place(process.execPath, join(jail, inside.node));
  for (const library of nodeLibraries()) place(library, join(jail, library));
  makeFolder(join(jail, inside.folder));
  writeProgram(join(jail, inside.folder), program, data);
}

/** A second name for the same file where that can be: Node is a hundred megabytes. Otherwise a copy. */
function place(source: string, target: string): void {
  const file = realpathSync(source);
  makeFolder(dirname(target));
  try {
    if (!isOpenToAll(file)) throw new Error("only a copy may be opened to all");
    linkSync(file, target);
  } catch {
    copyFileSync(file, target);
    chmodSync(target, 0o555);
  }
}

const isOpenToAll = (file: string): boolean => (statSync(file).mode & 0o005) === 0o005;

/** The user of a submission walks through them, whatever the judge's umask. */
function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let one = folder; one.length >= first.length; one = dirname(one)) chmodSync(one, 0o755);
}
