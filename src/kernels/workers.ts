// Worker threads: `setWorkers(2)` makes two threads compute large batches together. Off by default.
import { describeValue } from "../nd/describe.js";
import { currentBackend } from "./backend.js";
import { Crew } from "./crew.js";

/** The threads, where there are several. */
export let crew: Crew | undefined;

const mostThreads = 64;

/**
 * From now on `n` threads compute, the one that calls included; 1, as at first, is that one alone. Only batches are shared
 * out, of enough examples to be worth it: one example at a time is no faster. As many threads as the computer has idle cores
 * are best: where there is none, a second thread costs time. The results are the same to the last bit, for any number of threads.
 *
 * Threads start while the program goes on, and end with it. Where the system refuses them, or one dies, a warning says so,
 * and the calling thread computes alone.
 *
 * @example
 * setWorkers(2);
 * currentWorkers() // 2
 *
 * @throws RangeError on another number than 1, 2, … 64, and with the backend "reference", which knows no threads
 */
export function setWorkers(n: number): void {
  expectThreads(n);
  if (n === currentWorkers()) return;
  crew?.end();
  crew = n === 1 ? undefined : startCrew(n);
}

/** How many threads compute together. */
export const currentWorkers = (): number => crew?.size ?? 1;

function startCrew(n: number): Crew | undefined {
  try {
    return new Crew(n, { onLoss: goOnAlone });
  } catch (error) {
    goOnAlone(String(error));
    return undefined;
  }
}

function goOnAlone(reason: string): void {
  crew = undefined;
  process.emitWarning(`setWorkers: no other thread computes from now on, results are the same: ${reason}`, {
    code: "RETROPROP_NO_WORKERS",
  });
}

function expectThreads(n: number): void {
  if (!(Number.isInteger(n) && n >= 1 && n <= mostThreads)) {
    throw new RangeError(
      `setWorkers: expected how many threads compute, a whole number from 1 to ${mostThreads}, received ${describeValue(n)}: setWorkers(2) makes two, setWorkers(1) is one alone`,
    );
  }
  if (n > 1 && currentBackend() !== "simd") {
    throw new RangeError(
      'setWorkers: the backend is "reference", which computes on one thread: call setBackend("simd") first',
    );
  }
}
