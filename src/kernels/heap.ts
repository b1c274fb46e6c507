// The heap: memory that kernels compute in. Blocks of it are taken, shared by counting references, and used again.
//
// One shared WebAssembly memory, made at first use: it grows without detaching the views that point into it.
import type { Kernels, Pointer } from "./kernels.js";
import { loadKernels } from "./load.js";
import { newSharedMemory, type SharedMemory } from "./webassembly.js";

/** Memory of the heap, counted by references: whoever takes or retains a block releases it. */
export interface Block {
  /** Where it lies, in bytes: what kernels take. */
  readonly pointer: Pointer;
  readonly sizeClass: number;
  references: number;
}

/** Thrown when the heap cannot grow any more. */
export class HeapError extends RangeError {
  constructor(message: string) {
    super(message);
    this.name = "HeapError";
  }
}

/** The whole heap as float32 numbers: number i of a block is `floats[(block.pointer >>> 2) + i]`. Made anew when it grows. */
export let floats = new Float32Array();
/** The same memory as 32-bit words. */
export let words = new Int32Array();

/** The kernels, on this memory; {@link openHeap} loads them. */
export let kernels: Kernels;

/** Bytes that a WebAssembly memory grows by. */
const pageSize = 65_536;
const initialPages = 256;
/** Address space is reserved at once, memory as it grows; a sandbox may allow less. */
const maximumPages = [65_536, 16_384, 4096, initialPages];

let memory: SharedMemory | undefined;
let end = 0;
let inUse = 0;
/** Free blocks, by size class. */
const pools: Block[][] = [];

/** Makes the memory and loads the kernels; does nothing the second time. */
export function openHeap(): void {
  if (memory !== undefined) return;
  memory = allocateMemory();
  kernels = loadKernels(memory);
  end = 64; // 0 is no pointer
  renewViews(memory);
}

/** The memory itself, for threads that share it. */
export function heapMemory(): SharedMemory {
  openHeap();
  return memory!;
}

/** A block for at least `n` numbers, with anything in them, and one reference. Throws {@link HeapError} when memory runs out. */
export function take(n: number): Block {
  const sizeClass = sizeClassOf(n);
  const block = pools[sizeClass]?.pop() ?? freshBlock(sizeClass);
  block.references = 1;
  return block;
}

export function retain(block: Block): Block {
  block.references++;
  return block;
}

export function release(block: Block): void {
  if (--block.references === 0) pools[block.sizeClass]!.push(block);
}

/** A block with a copy of `values`. */
export function copyIn(values: Float32Array): Block {
  const block = take(values.length);
  const start = block.pointer >>> 2;
  if (values.length > 32) floats.set(values, start);
  else for (let i = 0; i < values.length; i++) floats[start + i] = values[i]!; // a call of `set` costs more
  return block;
}

/** The first `n` numbers of a block, copied into ordinary memory. */
export function copyOut({ pointer }: Block, n: number): Float32Array {
  const start = pointer >>> 2;
  if (n > 32) return floats.slice(start, start + n); // an ordinary buffer, though that of the heap is shared
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) out[i] = floats[start + i]!;
  return out;
}

/** The first `n` numbers of a block as they are, and as they will be. */
export const liveView = ({ pointer }: Block, n: number): Float32Array => new Float32Array(memory!.buffer, pointer, n);

/** What the heap holds, in bytes: the blocks somebody has, and all that was ever taken from the system. */
export const heapSize = (): { readonly inUse: number; readonly reserved: number } => {
  let free = 0;
  pools.forEach((pool, sizeClass) => {
    free += pool.length * bytesOf(sizeClass);
  });
  return { inUse: inUse - free, reserved: memory?.buffer.byteLength ?? 0 };
};

/** Blocks come in sizes of 16, 32, 48 and 64 numbers, then four a doubling: at most a fifth is wasted. */
function sizeClassOf(n: number): number {
  if (n <= 64) return n <= 16 ? 1 : (n + 15) >> 4;
  const doubling = 31 - Math.clz32(n - 1);
  return 4 * (doubling - 5) + ((n - 1 - (1 << doubling)) >>> (doubling - 2)) + 1;
}

function bytesOf(sizeClass: number): number {
  if (sizeClass <= 4) return sizeClass * 64;
  const doubling = ((sizeClass - 1) >> 2) + 5;
  return 4 * (2 ** doubling + (((sizeClass - 1) & 3) + 1) * 2 ** (doubling - 2));
}

function freshBlock(sizeClass: number): Block {
  while (pools.length <= sizeClass) pools.push([]);
  const bytes = bytesOf(sizeClass);
  if (end + bytes > floats.length * 4 && !grow(end + bytes)) return largerBlock(sizeClass);
  const block = { pointer: end, sizeClass, references: 1 };
  end += bytes;
  inUse += bytes;
  return block;
}

/** Memory has run out: a free block that is larger than asked for will do. */
function largerBlock(sizeClass: number): Block {
  for (let larger = sizeClass + 1; larger < pools.length; larger++) {
    const block = pools[larger]!.pop();
    if (block !== undefined) return block;
  }
  throw new HeapError(
    `the memory for tensors is full (${Math.round(end / 2 ** 20)} MB): train on smaller batches, keep fewer networks, or call setBackend("reference"), whose arrays live in ordinary memory`,
  );
}

/** Makes the memory at least `bytes` large, and a quarter larger than it was; false when the system refuses. */
function grow(bytes: number): boolean {
  const pages = memory!.buffer.byteLength / pageSize;
  const needed = Math.ceil(bytes / pageSize) - pages;
  return [Math.max(needed, pages >> 2), needed].some((more) => {
    try {
      memory!.grow(more);
    } catch {
      return false;
    }
    renewViews(memory!);
    return true;
  });
}

function renewViews({ buffer }: SharedMemory): void {
  floats = new Float32Array(buffer);
  words = new Int32Array(buffer);
}

function allocateMemory(): SharedMemory {
  for (const maximum of maximumPages) {
    try {
      return newSharedMemory(initialPages, maximum);
    } catch {
      // less may be allowed
    }
  }
  throw new HeapError("no memory for tensors: the system refuses 16 MB");
}
