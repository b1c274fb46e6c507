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
 * number of the job, in 8 bits how many shares workers have claimed, and in the lowest 8 bits how many nobody has. Workers
 * claim shares from the first on, the asking thread from the last down, each by changing the ticket: from job to job most
 * fall to the thread that has their numbers in its caches. Share n is record n, 1 or more: the number of a kernel, its
 * arguments, and in the last place a word, its state: 0 until a worker begins it, then `begun`, then `done`; or `takenBack`,
 * when the worker that claimed it took too long to begin. Who changes it from 0 has the share.
 */
export const boardLayout = { recordLength: 16, countBits: 8, done: 1, begun: 2, takenBack: 3 } as const;

export const workerSource = `"use strict";
const { module, memory, board, boardLayout, kernelNames, workspace, alertness } = require("node:worker_threads").workerData;
const { exports: kernels } = new WebAssembly.Instance(module, { env: { memory } });
const words = new Int32Array(board);
const numbers = new Float64Array(board);
const { recordLength, countBits, done, begun } = boardLayout;
const countMask = (1 << countBits) - 1;

for (;;) {
  const ticket = nextTicket();
  const claimed = ticket + (1 << countBits) - 1;
  if (Atomics.compareExchange(words, 0, ticket, claimed) === ticket) compute((claimed >> countBits) & countMask);
}

/** Looks out for a while, so that the products of a training step, which follow each other closely, find it awake. */
function nextTicket() {
  const bedtime = performance.now() + alertness;
  for (;;) {
    let ticket;
    for (let i = 0; i < 100; i++) {
      ticket = Atomics.load(words, 0);
      if ((ticket & countMask) > 0) return ticket;
    }
    if (performance.now() > bedtime) Atomics.wait(words, 0, ticket); // returns at once if the ticket is another by now
  }
}

function compute(share) {
  const [kernel, ...values] = numbers.subarray(share * recordLength, (share + 1) * recordLength - 1);
  const name = kernelNames[kernel];
  if (name === "gemm") values[13] = workspace; // its last argument
  const state = 2 * ((share + 1) * recordLength - 1);
  if (Atomics.compareExchange(words, state, 0, begun) !== 0) return;
  kernels[name](...values);
  Atomics.store(words, state, done);
  Atomics.notify(words, state);
}
`;
