// Puts a file or folder in its place, however busy the place is.
import { renameSync } from "node:fs";

/** On Windows, where a virus scanner or an editor that has the file open for a moment forbids it: 1.3 seconds in all. */
const waitsMs = process.platform === "win32" ? [10, 20, 40, 80, 160, 320, 640] : [];

const busy = new Set(["EPERM", "EACCES", "EBUSY"]);

interface Options {
  readonly waits?: readonly number[];
  readonly rename?: typeof renameSync;
}

/** Renames, and tries again for a moment where Windows says that somebody has what stands there. */
export function renameOver(from: string, to: string, { waits = waitsMs, rename = renameSync }: Options = {}): void {
  try {
    rename(from, to);
  } catch (error) {
    const [wait, ...others] = waits;
    if (wait === undefined || !busy.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait);
    renameOver(from, to, { waits: others, rename });
  }
}
