// The library's kernels and heap, for measuring them by themselves: the very modules that "retroprop" runs on.
//
// Its package exports none of them, and a copy of the sources would have a heap of its own: they are found beside its entry.
import type * as Gemm from "../../src/kernels/gemm.js";
import type * as Heap from "../../src/kernels/heap.js";

const load = (path: string) => import(new URL(path, import.meta.resolve("retroprop")).href);

export const heap: typeof Heap = await load("kernels/heap.js");
export const { gemm }: typeof Gemm = await load("kernels/gemm.js");

heap.openHeap();
