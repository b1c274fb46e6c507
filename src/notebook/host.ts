// Which notebook kernel runs this code, and how to show something in it.
import { createRequire } from "node:module";
import type { MimeBundle } from "./bundle.js";

/**
 * What a kernel puts at `globalThis[Symbol.for("retroprop.host")]` so that the library can show things in it.
 * `display` shows the bundle under the running cell; with `update`, it replaces what was shown under the same id.
 */
export interface NotebookHost {
  display(bundle: MimeBundle, options?: DisplayOptions): void;
}

export interface DisplayOptions {
  readonly displayId?: string;
  readonly update?: boolean;
}

export const hostSymbol: unique symbol = Symbol.for("retroprop.host");

/** The kernel around us: one that announces itself, else stock tslab, else none (a plain script). */
export const findHost = (): NotebookHost | undefined => announcedHost() ?? tslabHost();

function announcedHost(): NotebookHost | undefined {
  const host = (globalThis as { [hostSymbol]?: NotebookHost })[hostSymbol];
  return typeof host?.display === "function" ? host : undefined;
}

/**
 * Stock tslab's public `display` sends one MIME type at a time; the function under it takes whole bundles.
 * It stands in the loaded `tslab/dist/jupyter.js`; loading a second copy would give one without a cell.
 */
function tslabHost(): NotebookHost | undefined {
  const loaded = createRequire(import.meta.url).cache;
  const path = Object.keys(loaded).find((key) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(key));
  if (path === undefined) return undefined;
  const jupyter = loaded[path]?.exports as TslabJupyter | undefined;
  if (typeof jupyter?.lastWriteDisplayData !== "function") return undefined;
  return {
    display(bundle, { displayId, update = false } = {}) {
      const transient = displayId === undefined ? {} : { display_id: displayId };
      jupyter.lastWriteDisplayData?.({ data: bundle, metadata: {}, transient }, update);
    },
  };
}

interface TslabJupyter {
  /** Null until the first cell runs. */
  readonly lastWriteDisplayData: ((content: DisplayContent, update: boolean) => void) | null;
}

interface DisplayContent {
  readonly data: MimeBundle;
  readonly metadata: object;
  readonly transient: { readonly display_id?: string };
}
