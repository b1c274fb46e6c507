// A crew: threads that compute the shares of a job together with the one that asks. Nobody waits for a thread that is late
// or was never started: shares are claimed one by one, and who asks claims too, until none is left.
import { Worker } from "node:worker_threads";
import { type Block, heapMemory, kernels, release, take } from "./heap.js";
import { compiledModule } from "./load.js";
import { boardLayout, type WorkerData, workerSource } from "./worker-source.js";

/** Kernels whose work may be shared out. */
const kernelNames = ["gemm", "sparseAffine", "adam"] as const;
export type SharedKernel = (typeof kernelNames)[number];

/** The arguments of one call, `true` as 1; gemm's without the workspace: every thread has its own. */
export type Share = readonly number[];

export interface CrewOptions {
  /** Called once when a worker could not start or has died; the crew has ended by then. */
  readonly onLoss: (reason: string) => void;
  /** What workers run: for tests of what may befall them. */
  readonly source?: string;
  /** After how many tenths of a second a share that a worker has claimed counts as lost. */
  readonly patience?: number;
}

const { recordLength, unclaimedBits } = boardLayout;
/** A job has at most so many shares. */
const mostShares = 2 ** unclaimedBits - 1;
/** How often the asking thread looks at what is not done yet before it sleeps: some ten microseconds. */
const glances = Number(process.env.GL ?? 2000);
/** Milliseconds. Longer than what a training step does between two products, so that these find the workers awake. */
const alertness = Number(process.env.ALERT ?? 0.2);

export class Crew {
  /** How many threads compute, with the one that asks. */
  readonly size: number;
  readonly workers: readonly Worker[];
  readonly #board = new SharedArrayBuffer(8 * recordLength * (mostShares + 1));
  readonly #words = new Int32Array(this.#board);
  readonly #numbers = new Float64Array(this.#board);
  readonly #workspace = takeWorkspace();
  readonly #onLoss: (reason: string) => void;
  readonly #patience: number;
  #hasEnded = false;
  #job = 0;

  /** Starts `size` − 1 threads, which begin on their own; throws what the system says when it refuses them. */
  constructor(size: number, { onLoss, source = workerSource, patience = 100 }: CrewOptions) {
    this.size = size;
    this.#onLoss = onLoss;
    this.#patience = patience;
    const workers: Worker[] = [];
    this.workers = workers;
    try {
      while (workers.length < size - 1) workers.push(this.#start(source));
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
      this.#words[doneWord(share)] = 1;
    }
    for (let share = 1; share <= shares.length; share++) {
      if (!this.#isDoneInTime(share)) this.#doAgain(kernel, shares[share - 1]!);
    }
  }

  /** Ends its threads. They stop where they are: only what has been computed is left behind. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    release(this.#workspace);
    for (const worker of this.workers) worker.terminate();
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
    // Neither options nor environment: what they make Node load first is not for workers.
    const worker = new Worker(source, { eval: true, workerData, execArgv: [], env: {}, name: "retroprop" });
    worker.unref();
    worker.on("error", (error) => this.#lose(String(error)));
    worker.on("exit", () => {
      release(workspace);
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
    const numbers = this.#numbers;
    const kernelNumber = kernelNames.indexOf(kernel);
    shares.forEach((share, i) => {
      const record = (i + 1) * recordLength;
      numbers[record] = kernelNumber;
      for (let k = 0; k < share.length; k++) numbers[record + 1 + k] = share[k]!;
      this.#words[doneWord(i + 1)] = 0;
    });
    this.#job++;
    Atomics.store(this.#words, 0, (this.#job << unclaimedBits) | shares.length);
    Atomics.notify(this.#words, 0, shares.length - 1);
  }

  /** The number of a share that is now this thread's, or 0 when there is none. */
  #claim(): number {
    for (;;) {
      const ticket = Atomics.load(this.#words, 0);
      const share = ticket & mostShares;
      if (share === 0 || Atomics.compareExchange(this.#words, 0, ticket, ticket - 1) === ticket) return share;
    }
  }

  #call(kernel: SharedKernel, share: Share): void {
    const compute = kernels[kernel] as (...values: unknown[]) => void;
    if (kernel === "gemm") compute(...share, this.#workspace.pointer);
    else compute(...share);
  }

  /** Waits until a share is done. Waits are counted, not time: a computer may sleep in between. */
  #isDoneInTime(share: number): boolean {
    const done = doneWord(share);
    for (let i = 0; i < glances; i++) if (Atomics.load(this.#words, done) === 1) return true;
    for (let i = 0; i < this.#patience; i++) if (Atomics.wait(this.#words, done, 0, 100) !== "timed-out") return true;
    return false;
  }

  /**
   * A worker has claimed this share and is gone. It left before it computed anything: nothing can end a worker in the middle
   * of a kernel but {@link end}, which only this thread calls.
   */
  #doAgain(kernel: SharedKernel, share: Share): void {
    this.#lose("a worker does not answer");
    this.#call(kernel, share);
  }
}

const takeWorkspace = (): Block => take(kernels.gemmWorkspaceBytes() / 4);

const doneWord = (share: number): number => 2 * ((share + 1) * recordLength - 1);
