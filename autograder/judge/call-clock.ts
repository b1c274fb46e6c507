// The time of one call: what it has had of a processor, where that can be told, so that a busy machine takes no marks.
import type { SandboxProcess } from "../sandbox/sandbox.js";

/** Nearly all calls are over by then: the others are looked at once more. */
const firstLookMs = 100;
/** A call that wants a processor and gets none is waited for no longer. */
const longestWait = 5;
/** Of its time: the system counts in hundredths of a second. */
const nearly = 0.95;

export class CallClock {
  readonly #process: Pick<SandboxProcess, "processorUse">;
  readonly #limitMs: number;
  readonly #expire: () => void;
  readonly #start = performance.now();
  #before: number | undefined;
  #timer: NodeJS.Timeout;

  /** Calls `expire` once, unless it is stopped before. */
  constructor(process: Pick<SandboxProcess, "processorUse">, limitMs: number, expire: () => void) {
    this.#process = process;
    this.#limitMs = limitMs;
    this.#expire = expire;
    const first = Math.min(firstLookMs, limitMs / 2);
    this.#timer = setTimeout(() => this.#lookFirst(first), first);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** What it has had until here counts as all of the time until here. */
  #lookFirst(elapsedMs: number): void {
    const use = this.#process.processorUse?.();
    this.#before = use === undefined ? undefined : use.milliseconds - elapsedMs;
    this.#wait(this.#limitMs - elapsedMs);
  }

  #look(): void {
    const missing = this.#missingMs();
    const patience = longestWait * this.#limitMs - (performance.now() - this.#start);
    if (missing === 0 || patience <= 0) this.#expire();
    else this.#wait(Math.max(Math.min(missing, patience), 10));
  }

  /** How much of its time the machine still owes it: nothing to a call that waits for something else. */
  #missingMs(): number {
    const use = this.#process.processorUse?.();
    if (use === undefined || this.#before === undefined || !use.wantsMore) return 0;
    const had = use.milliseconds - this.#before;
    return had >= nearly * this.#limitMs ? 0 : this.#limitMs - had;
  }

  /** An answer that has come while the judge was busy is read before its time is called. */
  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => setImmediate(() => this.#look()), 0);
    }, milliseconds);
  }
}
