// Results that no gradient goes through: on the heap for what is computed from them next, and soon in ordinary memory.
import type { StoredTensor } from "./stored-tensor.js";

/** Few: a network is evaluated example by example, and the blocks of one are used again for the next while they are in the cache. */
const maxResults = 32;
const maxElements = 2 ** 20;

const held: StoredTensor[] = [];
let elements = 0;
/** How many were dropped from the front of the list. */
let dropped = 0;

/** Holds a result on the heap until there are too many, or {@link dropSince}. */
export function hold(result: StoredTensor): void {
  if (held.length >= maxResults || elements > maxElements) dropOlderHalf();
  held.push(result);
  elements += result.size;
}

/** The number of the next result. */
export const count = (): number => dropped + held.length;

/** Takes the results from number `first` on off the heap: their values stay readable. */
export function dropSince(first: number): void {
  while (held.length > 0 && count() > first) drop(held.pop()!);
}

function dropOlderHalf(): void {
  const older = held.splice(0, held.length >> 1);
  dropped += older.length;
  for (const result of older) drop(result);
}

function drop(result: StoredTensor): void {
  elements -= result.size;
  result.leaveHeap(false);
}
