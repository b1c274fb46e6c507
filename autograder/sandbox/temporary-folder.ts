// Temporary folders named after the process that owns them, so that the next run removes what a killed one has left.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

type Kind = "sandbox" | "canary" | "launcher";

/** Machines may share a temporary folder, and give the same numbers to their processes. */
const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/** Its real path: the one that Node's permission model compares. Its owner removes it. */
export const makeTemporaryFolder = (kind: Kind): string =>
  realpathSync(mkdtempSync(join(tmpdir(), `retroprop-${kind}-${process.pid}-${machine}-`)));

/** Removes what processes of this machine that are no more have left. What cannot be removed is not ours. */
export function sweepTemporaryFolders(folder: string = tmpdir()): void {
  for (const name of namesIn(folder)) {
    const [, pid, where] = /^retroprop-(?:sandbox|canary|launcher)-(\d+)-([\da-f]{8})-/.exec(name) ?? [];
    if (pid === undefined || where !== machine || isAlive(Number(pid))) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {} // another user's
  }
}

/** Of a folder that is not there whoever makes one in it is told. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
