// What a worker thread runs: JavaScript as text, so that it starts the same from compiled files, from sources, in a notebook
// cell and in a folder of any name.
import type { CompiledModule, SharedMemory } from "./webassembly.js";

/** What a worker is given. */
export interface WorkerData {
  readonly module: CompiledModule;
  readonly memory: SharedMemory;
  /** Where calls of kernels are asked for: see {@link layout}. */
  readonly board: SharedArrayBuffer;
  /** The kernels that may be asked for: a call names its place here. */
  readonly names: readonly string[];
  /** The worker's own, for products of matrices. */
  readonly workspace: number;
  /** How long it looks for work before it sleeps, in milliseconds. */
  readonly alertness: number;
  readonly layout: typeof layout;
}

/**
 * The board begins with the ticket, a word of 32 bits: the number of the job above, how many of its shares nobody has claimed
 * yet below. Who lowers it by one has claimed the share of that number. Share s is record s, of `recordLength` numbers in
 * double precision, record 0 being the ticket's: which kernel, its arguments, and, as a word in the place of the last
 * number, the job it was last done for.
 */
export const layout = { recordLength: 16, shareBits: 8 } as const;

/** As the third argument of `Atomics.wait` says: a worker sleeps only as long as the ticket is the one it has seen. */
export const workerSource = `"use strict";
const { module, memory, board, names, workspace, alertness, layout } = require("node:worker_threads").workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
const words = new Int32Array(board);
const numbers = new Float64Array(board);
const { recordLength, shareBits } = layout;
const unclaimed = (ticket) => ticket & ((1 << shareBits) - 1);

function nextTicket() {
  const bedtime = performance.now() + alertness;
  for (;;) {
    let ticket = 0;
    for (let i = 0; i < 100; i++) {
      ticket = Atomics.load(words, 0);
      if (unclaimed(ticket) > 0) return ticket;
    }
    if (performance.now() > bedtime) Atomics.wait(words, 0, ticket);
  }
}

for (;;) {
  const ticket = nextTicket();
  if (Atomics.compareExchange(words, 0, ticket, ticket - 1) !== ticket) continue;
  const record = unclaimed(ticket) * recordLength;
  const [kernel, ...values] = numbers.subarray(record, record + recordLength - 1);
  values[VALUES] = workspace;
  exports[names[kernel]](...values);
}
`;
