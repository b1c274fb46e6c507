import type { Worker } from "node:worker_threads";
import { afterEach, expect, test, vi } from "vitest";
import { Crew, type CrewOptions, type Share } from "./crew.js";
import { type Block, copyIn, copyOut, heapSize, kernels, openHeap, release, take, words } from "./heap.js";
import { workerSource } from "./worker-source.js";

openHeap();

const crews: Crew[] = [];

function newCrew(size: number, options: Partial<CrewOptions>): Crew {
  const crew = new Crew(size, { onLoss: () => {}, ...options });
  crews.push(crew);
  return crew;
}

afterEach(async () => {
  const exits = crews.flatMap(({ workers }) => workers.filter(isRunning)).map(exitOf);
  for (const crew of crews.splice(0)) crew.end();
  await Promise.all(exits);
});

/** Unlike `once`, does not fail when the worker does. */
const exitOf = (worker: Worker) => new Promise((resolve) => worker.once("exit", resolve));

const isRunning = ({ threadId }: { readonly threadId: number }) => threadId !== -1;

const [rows, columns, depth] = [64, 96, 200];
const ramp = (n: number) => Float32Array.from({ length: n }, (_, i) => (i % 17) - 8);

/** A product to compute, `C += A B`, in sixteen shares of four rows. */
class Product {
  readonly #A = copyIn(ramp(rows * depth));
  readonly #B = copyIn(ramp(depth * columns));
  readonly C = copyIn(ramp(rows * columns));
  readonly shares: readonly Share[] = Array.from({ length: rows / 4 }, (_, i) => {
    const [a, c] = [this.#A.pointer + 16 * i * depth, this.C.pointer + 16 * i * columns];
    return [4, columns, depth, 1, a, depth, 1, this.#B.pointer, columns, 1, c, columns, 1];
  });

  /** C, after `times` products by this thread alone. */
  expected(times: number): Float32Array {
    const C = copyIn(ramp(rows * columns));
    const workspace = take(kernels.gemmWorkspaceBytes() / 4);
    for (let i = 0; i < times; i++) {
      const [a, b] = [this.#A.pointer, this.#B.pointer];
      kernels.gemm(rows, columns, depth, 1, a, depth, 1, b, columns, 1, C.pointer, columns, true, workspace.pointer);
    }
    release(workspace);
    const values = copyOut(C, rows * columns);
    release(C);
    return values;
  }

  get computed(): Float32Array {
    return copyOut(this.C, rows * columns);
  }
}

/** A block whose first word a worker changes by the statement, which it makes when it has claimed a share. */
function sign(statement: string): { readonly block: Block; readonly source: string } {
  const block = copyIn(new Float32Array(1));
  const source = workerSource.replace(
    "  if (Atomics.compareExchange(words, state,",
    (call) => `  const heap = new Int32Array(memory.buffer), sign = ${block.pointer / 4};\n  ${statement}\n${call}`,
  );
  expect(source).toContain(statement);
  return { block, source };
}

const wordOf = ({ pointer }: Block): number => Atomics.load(words, pointer >>> 2);

/** Computes the product until `isEnough`, at most for 20 seconds; how many times. */
function computeUntil(isEnough: () => boolean, crew: Crew, { shares }: Product): number {
  const start = process.hrtime.bigint();
  let times = 0;
  while (!isEnough() && process.hrtime.bigint() - start < 20_000_000_000n) {
    crew.compute("gemm", shares);
    times++;
  }
  expect(isEnough()).toBe(true);
  return times;
}

test("workers take part, while the program goes on in one synchronous loop; every share is computed once", () => {
  const product = new Product();
  const { block, source } = sign("Atomics.add(heap, sign, 1);");
  const times = computeUntil(() => wordOf(block) > 50, newCrew(3, { source }), product);
  expect(product.computed).toEqual(product.expected(times));
});

test("workers take the first shares, the asking thread the last: job after job most fall to the same thread", () => {
  const { block, source } = sign("Atomics.or(heap, sign, 1 << (share - 1));");
  const [crew, product] = [newCrew(2, { source }), new Product()];
  const all = 2 ** product.shares.length - 1;
  for (let i = 0; i < 10; i++) {
    let taken = 0; // by the worker, a bit for each share
    const hasSome = () => {
      if (taken === 0 || taken === all) taken = Atomics.exchange(words, block.pointer >>> 2, 0);
      return taken !== 0 && taken !== all;
    };
    computeUntil(hasSome, crew, product);
    expect(taken & (taken + 1), `not the first shares: ${taken.toString(2)}`).toBe(0);
  }
});

test("workers that sleep are woken", async () => {
  const { block, source } = sign("Atomics.add(heap, sign, 1);");
  const crew = newCrew(2, { source });
  for (let i = 0; i < 5; i++) {
    const before = wordOf(block);
    computeUntil(() => wordOf(block) > before, crew, new Product());
    await new Promise((resolve) => setTimeout(resolve, 5)); // alertness is less
  }
});

test("workers that have nothing to do use no processor", async () => {
  const { block, source } = sign("Atomics.add(heap, sign, 1);");
  computeUntil(() => wordOf(block) > 0, newCrew(3, { source }), new Product());
  let least = Number.POSITIVE_INFINITY;
  // What else runs in this process, as a compiler, comes and goes; threads that went on looking would be in each half second.
  for (let i = 0; i < 5 && least >= 100_000; i++) least = Math.min(least, await processorTime(500));
  expect(least).toBeLessThan(100_000); // µs; up to 1 000 000 if two threads went on looking
});

/** In µs, of all threads, in so many milliseconds without a job. */
async function processorTime(milliseconds: number): Promise<number> {
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

test("memory that grows is seen by workers that started before", () => {
  const { block, source } = sign("Atomics.add(heap, sign, 1);");
  const crew = newCrew(2, { source });
  computeUntil(() => wordOf(block) > 0, crew, new Product());
  const filler = take(heapSize().reserved / 4);
  const product = new Product();
  const before = wordOf(block);
  const times = computeUntil(() => wordOf(block) > before, crew, product);
  expect(product.computed).toEqual(product.expected(times));
  release(filler);
});

test("a share whose worker does not answer is computed by the asking thread, and the crew ends", () => {
  const product = new Product();
  const { source } = sign("Atomics.store(heap, sign, 1); for (;;) Atomics.wait(heap, sign, 1);");
  const losses: string[] = [];
  const crew = newCrew(2, { source, patience: 2, onLoss: (reason) => losses.push(reason) });
  const times = computeUntil(() => losses.length > 0, crew, product);
  expect(product.computed).toEqual(product.expected(times));
  expect(losses).toEqual(["a worker does not answer"]);
});

test("a worker that comes after its share was taken back does not compute it again", async () => {
  const product = new Product();
  const { block, source } = sign(
    "Atomics.add(heap, sign, 1); Atomics.wait(heap, sign, 1, 500); Atomics.add(heap, sign, 1);",
  );
  const losses: string[] = [];
  const crew = newCrew(2, { source, patience: 2, onLoss: (reason) => losses.push(reason) });
  const [worker] = crew.workers as [Worker];
  const terminate = worker.terminate.bind(worker);
  worker.terminate = () => Promise.resolve(0); // as where the system is slow to end a thread
  try {
    const times = computeUntil(() => losses.length > 0, crew, product);
    await vi.waitFor(() => expect(wordOf(block)).toBe(2), 20_000);
    await new Promise((resolve) => setTimeout(resolve, 100)); // for what it would compute
    expect(product.computed).toEqual(product.expected(times));
  } finally {
    await terminate();
  }
});

test("a share that its worker has begun is waited for, however long it takes", () => {
  const product = new Product();
  const { block } = sign("");
  const call = "  kernels[name](...values);\n";
  const slow = `  Atomics.wait(new Int32Array(memory.buffer), ${block.pointer / 4}, 0, 500);\n${call}`;
  const source = workerSource.replace(call, () => slow);
  expect(source).toContain(slow);
  const losses: string[] = [];
  const crew = newCrew(2, { source, patience: 2, onLoss: (reason) => losses.push(reason) });
  let longest = 0;
  const isSlow = () => longest > 400;
  const start = performance.now();
  let times = 0;
  for (; !isSlow() && performance.now() - start < 20_000; times++) {
    const before = performance.now();
    crew.compute("gemm", product.shares);
    longest = Math.max(longest, performance.now() - before);
  }
  expect(isSlow()).toBe(true);
  expect(product.computed).toEqual(product.expected(times));
  expect(losses).toEqual([]);
});

test("a worker that fails is reported with its error, once", async () => {
  const losses: string[] = [];
  const crew = newCrew(3, { source: "throw new Error('no room')", onLoss: (reason) => losses.push(reason) });
  await Promise.all(crew.workers.map(exitOf));
  expect(losses).toEqual(["Error: no room"]);
  const product = new Product();
  crew.compute("gemm", product.shares);
  expect(product.computed).toEqual(product.expected(1));
});

test("what workers compute in is given back when they have ended", async () => {
  const before = heapSize().inUse;
  const crew = newCrew(3, {});
  expect(heapSize().inUse - before).toBeGreaterThanOrEqual(3 * kernels.gemmWorkspaceBytes());
  crew.end();
  await Promise.all(crew.workers.map(exitOf));
  expect(heapSize().inUse).toBe(before);
});
