// A file's saves, one after the other, however the editor makes them.
import { watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { CliError } from "../command.js";

export interface Saves {
  /** Resolves at the first save since the last call. @throws CliError when its folder can no longer be watched */
  next(): Promise<void>;
  close(): void;
}

/** An editor may write in several goes, or write another file and rename it: one save all the same. */
const settledAfterMs = 40;

/** Watches the folder, since a renamed file is another one. */
export function watchFile(path: string, watchFolder: typeof watch = watch): Saves {
  const name = basename(path);
  let saved = false;
  let lost: Error | undefined;
  let wake: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    saved = true;
    wake?.();
  };
  const watcher = watchFolder(dirname(resolve(path)), (_event, changed) => {
    if (changed !== null && changed !== name) return;
    clearTimeout(timer);
    timer = setTimeout(settle, settledAfterMs);
  });
  watcher.on("error", (error) => {
    const { code } = error as NodeJS.ErrnoException;
    lost = new CliError(
      `${path} can no longer be watched (${code}): see whether its folder is there, then start again`,
    );
    wake?.();
  });
  return {
    async next() {
      if (!saved && lost === undefined) await new Promise<void>((resolve) => (wake = resolve));
      if (lost !== undefined) throw lost;
      saved = false;
    },
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
