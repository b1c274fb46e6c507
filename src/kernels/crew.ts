// A crew: threads that compute the shares of a job together with the one that asks. Nobody waits for a thread that is late
// or was never started: shares are claimed one by one, and who asks claims too, until none is left.
import { Worker } from "node:worker_threads";
import { type Block, heapMemory, kernels, release, take } from "./heap.js";
import { compiledModule } from "./load.js";
import { boardLayout, type WorkerData, workerSource } from "./worker-source.js";

/** Kernels whose work may be shared out. */
const kernelNames = ["gemm", "sparseAffine", "tanh", "sigmoid", "adam"] as const;
export type SharedKernel = (typeof kernelNames)[number];

/** The arguments of one call, `true` as 1; gemm's without the workspace: every thread has its own. */
export type Share = readonly number[];

export interface CrewOptions {
  /** Called once when a worker has died; the crew has ended by then. */
  readonly onLoss: (reason: string) => void;
  /** What workers run: for tests of what may befall them. */
  readonly source?: string;
  /** After how many tenths of a second a share that a worker has claimed and not begun is taken back. */
  readonly patience?: number;
}

const { recordLength, countBits, done, begun, takenBack } = boardLayout;
/** A job has at most so many shares; also the bits of a count. */
const mostShares = 2 ** countBits - 1;
/** How often the asking thread looks at a share that is not done yet before it sleeps: about 0.1 ms, as long as shares differ. */
const glances = 20_000;
/**
 * Milliseconds: about what a training step computes between two products, so that most find the workers awake. More would
 * cost a quarter of the speed where both threads share a processor, which a busy one may be.
 */
const alertness = 0.05;

export class Crew {
  /** How many threads compute, with the one that asks. */
  readonly size: number;
  readonly workers: Worker[] = [];
  readonly #board = new SharedArrayBuffer(8 * recordLength * (mostShares + 1));
  readonly #words = new Int32Array(this.#board);
  readonly #numbers = new Float64Array(this.#board);
  readonly #workspace = takeWorkspace();
  readonly #onLoss: (reason: string) => void;
  readonly #patience: number;
  #hasEnded = false;
  #job = 0;

  /** Starts `size` − 1 threads, which come to work on their own; throws what the system says when it refuses them. */
  constructor(size: number, { onLoss, source = workerSource, patience = 100 }: CrewOptions) {
    this.size = size;
    this.#onLoss = onLoss;
    this.#patience = patience;
    try {
      while (this.workers.length < size - 1) this.workers.push(this.#start(source));
    } catch (error) {
      this.end();
      throw error;
    }
  }

  /** Calls the kernel once for each share, on several threads, in any order; returns when all is done. */
  compute(kernel: SharedKernel, shares: readonly Share[]): void {
    this.#post(kernel, shares);
    for (let share = this.#claim(); share > 0; share = this.#claim()) {
      this.#call(kernel, shares[share - 1]!);
      this.#words[stateWord(share)] = done;
    }
    const lost = shares.filter((_, i) => !this.#isDoneInTime(i + 1));
    for (const share of lost) this.#call(kernel, share);
    if (lost.length > 0) this.#lose("a worker does not answer");
  }

  /** Ends its threads, wherever they are; between two jobs they have nothing to lose. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    release(this.#workspace);
    for (const worker of this.workers) void worker.terminate();
  }

  #start(source: string): Worker {
    const workspace = takeWorkspace();
    const workerData: WorkerData = {
      module: compiledModule(),
      memory: heapMemory(),
      board: this.#board,
      boardLayout,
      kernelNames,
      workspace: workspace.pointer,
      alertness,
    };
    // Neither options nor environment: what they make Node load at its start is not for workers.
    const worker = new Worker(source, { eval: true, workerData, execArgv: [], env: {}, name: "retroprop" });
    worker.unref();
    worker.on("error", (error) => this.#lose(String(error)));
    worker.on("exit", () => {
      release(workspace); // not before: until now it may have been written to
      this.#lose("a worker has ended");
    });
    return worker;
  }

  #lose(reason: string): void {
    if (this.#hasEnded) return;
    this.end();
    this.#onLoss(reason);
  }

  #post(kernel: SharedKernel, shares: readonly Share[]): void {
    shares.forEach((share, i) => {
      this.#words[stateWord(i + 1)] = 0;
      this.#numbers.set([kernelNames.indexOf(kernel), ...share], (i + 1) * recordLength);
    });
    this.#job++;
    Atomics.store(this.#words, 0, (this.#job << (2 * countBits)) | shares.length);
    Atomics.notify(this.#words, 0, shares.length - 1);
  }

  /** The number of a share that is this thread's from now on, the last that nobody has, or 0 when there is none left. */
  #claim(): number {
    for (;;) {
      const ticket = Atomics.load(this.#words, 0);
      const unclaimed = ticket & mostShares;
      if (unclaimed === 0) return 0;
      const share = ((ticket >> countBits) & mostShares) + unclaimed;
      if (Atomics.compareExchange(this.#words, 0, ticket, ticket - 1) === ticket) return share;
    }
  }

  #call(kernel: SharedKernel, share: Share): void {
    const compute = kernels[kernel] as (...values: readonly unknown[]) => void;
    if (kernel === "gemm") compute(...share, this.#workspace.pointer);
    else compute(...share);
  }

  /**
   * Waits until a share is done; false when its worker has not begun it and, from now on, never will. One that has begun ends:
   * nothing but `end` stops a worker in the middle of a kernel. Waits are counted, not time: a computer may go to sleep.
   */
  #isDoneInTime(share: number): boolean {
    const word = stateWord(share);
    for (let i = 0; i < glances; i++) if (Atomics.load(this.#words, word) === done) return true;
    for (let i = 0; i < this.#patience; i++) if (this.#waitForChange(word) === done) return true;
    if (Atomics.compareExchange(this.#words, word, 0, takenBack) === 0) return false;
    while (this.#waitForChange(word) === begun);
    return true;
  }

  /** The state of a share, after a tenth of a second at most. */
  #waitForChange(word: number): number {
    const state = Atomics.load(this.#words, word);
    if (state !== done) Atomics.wait(this.#words, word, state, 100);
    return Atomics.load(this.#words, word);
  }
}

const takeWorkspace = (): Block => take(kernels.gemmWorkspaceBytes() / 4);

const stateWord = (share: number): number => 2 * ((share + 1) * recordLength - 1);
