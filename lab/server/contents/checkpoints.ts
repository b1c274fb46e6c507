// One earlier state of a file, kept beside it under `.retroprop/checkpoints`: what "revert" goes back to.
import { copyFileSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder, writeAtomically } from "../../../kernel/client/write-atomically.js";
import { keepOutOfGit } from "./own-folder.js";

export interface Checkpoint {
  readonly id: "checkpoint";
  readonly last_modified: string;
}

export function listCheckpoints(file: string): Checkpoint[] {
  const copy = copyOf(file);
  return existsSync(copy) ? [{ id: "checkpoint", last_modified: statSync(copy).mtime.toISOString() }] : [];
}

/** Replaces the one there was. */
export function makeCheckpoint(file: string): Checkpoint {
  const copy = copyOf(file);
  makeFolder(dirname(copy));
  keepOutOfGit(dirname(file));
  copyFileSync(file, copy);
  return listCheckpoints(file)[0]!;
}

/** Throws ENOENT when there is none. */
export const restoreCheckpoint = (file: string): void => writeAtomically(file, readFileSync(copyOf(file)));

export const removeCheckpoint = (file: string): void => rmSync(copyOf(file), { force: true });

const copyOf = (file: string): string => join(dirname(file), ".retroprop", "checkpoints", basename(file));
