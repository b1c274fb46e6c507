// Small results, one after the other: what their memory costs beside the arithmetic.
import type { ResultMemory, Room } from "./layer.js";

/** x ← 0.9 x + 0.1 from 0.5 on, `length` times, each time in room of its own; returns the sum of the last. */
export function chainIn(memory: ResultMemory, length: number, size: number): number {
  let x = memory.take(size);
  x.floats.fill(0.5, x.start, x.start + size);
  for (let i = 0; i < length; i++) x = next(memory.take(size), x, size);
  const sum = sumOf(x, size);
  memory.giveBack();
  return sum;
}

function next(y: Room, x: Room, size: number): Room {
  for (let j = 0; j < size; j++) y.floats[y.start + j] = 0.9 * x.floats[x.start + j]! + 0.1;
  return y;
}

function sumOf({ floats, start }: Room, size: number): number {
  let sum = 0;
  for (let j = start; j < start + size; j++) sum += floats[j]!;
  return sum;
}
