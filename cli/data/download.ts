// One file over HTTP into a `.part` file: a transfer that stopped goes on where it was.
import { statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { explainWriteError } from "./write-error.js";

export type OnBytes = (received: number, total: number | undefined) => void;

/** What the network or the server refused; another address may do better. */
export class TransferError extends Error {
  override readonly name = "TransferError";
}

const stalledAfterMs = 30_000;

/** Appends to `part` what it still lacks of `url`. Throws {@link TransferError}, or CliError when it cannot be written. */
export async function download(url: string, part: string, onBytes: OnBytes): Promise<void> {
  const stall = watchForStall();
  try {
    const present = sizeOf(part);
    const response = await request(url, present, stall.signal);
    if (response.status !== 416) await save(response, part, present, onBytes, stall.isAlive);
  } finally {
    stall.end();
  }
}

/** Asks for what follows the first `present` bytes. 416 says that nothing does: `part` was complete already. */
async function request(url: string, present: number, signal: AbortSignal): Promise<Response> {
  const headers = { "accept-encoding": "identity", ...(present > 0 ? { range: `bytes=${present}-` } : {}) };
  const response = await fetch(url, { headers, signal }).catch((error: unknown) => {
    throw new TransferError(`cannot reach ${new URL(url).host} (${reason(error)})`);
  });
  if (response.ok || (response.status === 416 && present > 0)) return response;
  throw new TransferError(`${url} answers ${response.status} ${response.statusText}`.trimEnd());
}

async function save(response: Response, part: string, present: number, onBytes: OnBytes, isAlive: () => void) {
  const resumed = response.status === 206; // a server that does not know ranges starts again with 200
  const file = await open(part, resumed ? "a" : "w").catch((error: unknown) => explainWriteError(error, part));
  let received = resumed ? present : 0;
  const length = Number(response.headers.get("content-length"));
  const total = length > 0 ? received + length : undefined;
  try {
    for await (const chunk of chunksOf(response)) {
      await append(file, chunk, part);
      isAlive();
      received += chunk.length;
      onBytes(received, total);
    }
  } finally {
    await file.close();
  }
}

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new TransferError(`the transfer of ${response.url} stopped (${reason(error)}), what came is kept`);
    });
    if (done) return;
    yield value;
  }
}

async function append(file: FileHandle, chunk: Uint8Array, part: string): Promise<void> {
  await file.appendFile(chunk).catch((error: unknown) => explainWriteError(error, part));
}

/** Aborts a transfer that has brought nothing for half a minute. */
function watchForStall(): { signal: AbortSignal; isAlive: () => void; end: () => void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`nothing for ${stalledAfterMs / 1000} s`)), stalledAfterMs);
  return { signal: controller.signal, isAlive: () => timer.refresh(), end: () => clearTimeout(timer) };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** undici hides the cause of "fetch failed" one level down. */
function reason(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { code, message } = cause as { code?: string; message?: string };
  return code ?? message ?? String(cause);
}
