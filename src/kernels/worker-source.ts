// What a worker thread runs: JavaScript as text, so that it starts the same from compiled files, from sources, in a notebook
// cell and in a folder of any name. `boardLayout` says how work is handed to it.
import type { CompiledModule, SharedMemory } from "./webassembly.js";

/** What a worker is given. */
export interface WorkerData {
  readonly module: CompiledModule;
  readonly memory: SharedMemory;
  /** Shared: see {@link boardLayout}. */
  readonly board: SharedArrayBuffer;
  readonly boardLayout: typeof boardLayout;
  /** The kernels that may be asked for, in the order of their numbers. */
  readonly kernelNames: readonly string[];
  /** The worker's own, for products of matrices. */
  readonly workspace: number;
  /** For how many milliseconds it looks out for work before it sleeps. */
  readonly alertness: number;
}

/**
 * A board is made of records of 16 numbers in double precision, 128 bytes. Record 0 begins with the ticket, a word: the
 * number of the job, and in the lowest 8 bits how many of its shares nobody has claimed. Whoever takes 1 from the ticket
 * has claimed the share of the number it showed, record 1 or more: the number of a kernel, its arguments, and in the last
 * place a word that becomes 1 when this share is done.
 */
export const boardLayout = { recordLength: 16, unclaimedBits: 8 } as const;

export const workerSource = `"use strict";
const { module, memory, board, boardLayout, kernelNames, workspace, alertness } = require("node:worker_threads").workerData;
const { exports: kernels } = new WebAssembly.Instance(module, { env: { memory } });
const words = new Int32Array(board);
const numbers = new Float64Array(board);
const { recordLength, unclaimedBits } = boardLayout;

for (;;) {
  const ticket = nextTicket();
  if (Atomics.compareExchange(words, 0, ticket, ticket - 1) === ticket) compute(shareOf(ticket));
}

/** Looks out for a while, so that the products of a training step, which follow each other closely, find it awake. */
function nextTicket() {
  const bedtime = performance.now() + alertness;
  for (;;) {
    let ticket;
    for (let i = 0; i < 100; i++) {
      ticket = Atomics.load(words, 0);
      if (shareOf(ticket) > 0) return ticket;
    }
    if (performance.now() > bedtime) Atomics.wait(words, 0, ticket); // returns at once if the ticket is another by now
  }
}

function shareOf(ticket) {
  return ticket & ((1 << unclaimedBits) - 1);
}

function compute(share) {
  const [kernel, ...values] = numbers.subarray(share * recordLength, (share + 1) * recordLength - 1);
  const name = kernelNames[kernel];
  if (name === "gemm") values[13] = workspace; // its last argument
  kernels[name](...values);
  const done = 2 * ((share + 1) * recordLength - 1);
  Atomics.store(words, done, 1);
  Atomics.notify(words, done);
}
`;
