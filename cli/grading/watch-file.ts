// A file's saves, one after the other, however the editor makes them.
import { watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";

export interface Saves {
  /** Resolves at the first save since the last call. */
  next(): Promise<void>;
  close(): void;
}

/** An editor may write in several goes, or write another file and rename it: one save all the same. */
const settledAfterMs = 40;

/** Watches the folder, since a renamed file is another one. */
export function watchFile(path: string): Saves {
  const name = basename(path);
  let saved = false;
  let wake: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    saved = true;
    wake?.();
  };
  const watcher = watch(dirname(resolve(path)), (_event, changed) => {
    if (changed !== null && changed !== name) return;
    clearTimeout(timer);
    timer = setTimeout(settle, settledAfterMs);
  });
  return {
    async next() {
      if (!saved) await new Promise<void>((resolve) => (wake = resolve));
      saved = false;
    },
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
