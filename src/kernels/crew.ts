// A crew: threads that compute shares of a job together with the one that asks. Nobody waits for a thread that is late:
// shares are claimed one by one, and the asking thread claims as well, until none is left.
import { Worker } from "node:worker_threads";
import { type Block, heapMemory, kernels, release, take } from "./heap.js";
import { compiledModule } from "./load.js";
import { boardLayout, type WorkerData, workerSource } from "./worker-source.js";

/** Kernels whose work may be shared out. */
export const kernelNames = ["gemm", "sparseAffine", "adam"] as const;
export type SharedKernel = (typeof kernelNames)[number];

/** The arguments of one call, truth as 1; gemm's without the workspace, since every thread has one. */
export type Share = readonly number[];

export const mostShares = (1 << boardLayout.unclaimedBits) - 1;

export interface CrewOptions {
  /** Called once, at the next turn of the event loop at the earliest, when a worker has died or could not start. */
  readonly onLoss: (reason: string) => void;
  /** What the workers run: for tests of what befalls them. */
  readonly source?: string;
  /** After how many tenths of a second a share that a worker has claimed counts as lost. */
  readonly patience?: number;
}

/** Looks at the board before a thread sleeps: some ten microseconds. */
const glances = 2000;
const { recordLength, unclaimedBits } = boardLayout;

export class Crew {
  readonly size: number;
  /** One thread each, besides the one that asks. */
  readonly workers: readonly Worker[];
  readonly #board = new SharedArrayBuffer(8 * recordLength * (mostShares + 1));
  readonly #words = new Int32Array(this.#board);
  readonly #numbers = new Float64Array(this.#board);
  readonly #workspace = takeWorkspace();
  readonly #patience: number;
  readonly #onLoss: (reason: string) => void;
  #hasEnded = false;
  #job = 0;

  /** Starts `size` − 1 threads; throws what the system says when it refuses one. */
  constructor(size: number, { onLoss, source = workerSource, patience = 100 }: CrewOptions) {
    this.size = size;
    this.#onLoss = onLoss;
    this.#patience = patience;
    this.workers = Array.from({ length: size - 1 }, () => this.#start(source));
  }
}

const takeWorkspace = (): Block => take(kernels.gemmWorkspaceBytes() / 4);
