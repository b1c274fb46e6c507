// Values that have left the heap: copied into ordinary memory when their block is given back, so that they stay readable
// for as long as somebody wants them.
import { type Block, copyOut, floats, take } from "./heap.js";

/** Some numbers in ordinary memory, from `start` on. */
export interface Kept {
  readonly numbers: ArrayLike<number>;
  readonly start: number;
}

/** How many numbers one allocation serves: a typed array costs far more than the few numbers of a loss or of logits. */
const chunkLength = 4096;

let chunk = new Float32Array(chunkLength);
let used = 0;

/** Copies the first `n` numbers of a block. Who keeps few of them keeps a chunk, 16 kB. */
export function keep(block: Block, n: number): Kept {
  if (n > 256) return { numbers: copyOut(block, n), start: 0 };
  const start = reserve(n);
  const from = block.pointer >>> 2;
  const numbers = chunk; // read once: the engine would read them again for each number
  const heap = floats;
  for (let i = 0; i < n; i++) numbers[start + i] = heap[from + i]!;
  return { numbers, start };
}

/** Keeps one number, rounded to float32. */
export function keepNumber(value: number): Kept {
  const start = reserve(1);
  chunk[start] = value;
  return { numbers: chunk, start };
}

/** A copy of what is kept. */
export function readKept({ numbers, start }: Kept, n: number): Float32Array {
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) out[i] = numbers[start + i]!;
  return out;
}

/** A block with a copy of what is kept. */
export function copyKeptIn({ numbers, start }: Kept, n: number): Block {
  const block = take(n);
  const first = block.pointer >>> 2;
  for (let i = 0; i < n; i++) floats[first + i] = numbers[start + i]!;
  return block;
}

/** Where `n` numbers begin in {@link chunk}. */
function reserve(n: number): number {
  if (used + n > chunkLength) {
    chunk = new Float32Array(chunkLength);
    used = 0;
  }
  used += n;
  return used - n;
}
