// `.retroprop`: the folder beside notebooks for what is ours and no work of the student's.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** It ignores itself, so that no repository of a student needs to know of it. */
export function keepOutOfGit(folder: string): void {
  const file = join(folder, ".retroprop", ".gitignore");
  if (!existsSync(file)) writeFileSync(file, "*\n");
}
