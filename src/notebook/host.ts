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
      const write = jupyter.lastWriteDisplayData; // of this cell: the next one has its own
      sendOrWait(() => write?.({ data: bundle, metadata: {}, transient }, update));
    },
  };
}

const waiting: (() => void)[] = [];

/**
 * One message in some 500, tslab's socket waits for the event loop and refuses all others until then, with an error that
 * would end the cell. What it refuses is sent when the cell lets the loop turn.
 */
function sendOrWait(send: () => void): void {
  if (waiting.length > 0 || !isSent(send)) waiting.push(send);
  if (waiting.length === 1) setImmediate(sendWaiting);
}

function sendWaiting(): void {
  while (waiting.length > 0 && isSent(waiting[0]!)) waiting.shift();
  if (waiting.length > 0) setImmediate(sendWaiting);
}

function isSent(send: () => void): boolean {
  try {
    send();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "EBUSY") return false;
    throw error;
  }
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
