// A conversation with the process of a competitor: lines of JSON, each within a time.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What a competitor says of itself before the first measure. */
export type Hello =
  | { readonly unable: string }
  | { readonly version: string; readonly losses?: readonly number[] | null; readonly note?: string | null };

/** Without it glibc gives the large arrays of each step back to the system, and NumPy is up to five times slower. */
const keptMemory = { MALLOC_TRIM_THRESHOLD_: "1000000000", MALLOC_MMAP_THRESHOLD_: "33554432" };

export class Session {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  /** When all that it has printed is read. */
  readonly #closed: Promise<void>;
  #complaints = "";

  constructor(program: string, args: readonly string[], threads = 1) {
    const limits = { OPENBLAS_NUM_THREADS: String(threads), OMP_NUM_THREADS: String(threads) };
    const env = { ...process.env, ...limits, ...keptMemory, PYTHONDONTWRITEBYTECODE: "1" };
    this.#child = spawn(program, args, { env, stdio: "pipe" });
    this.#child.on("error", (error) => this.#complain(error.message));
    this.#closed = new Promise((resolve) => this.#child.once("close", () => resolve()));
    this.#child.stdin!.on("error", () => {}); // it has ended: the next answer says so
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => this.#complain(text));
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async hello(timeout: number): Promise<Hello> {
    return (await this.#answer(timeout)) as Hello;
  }

  /** How fast it goes, after having tried for about so many seconds. */
  async rate(seconds: number, timeout: number): Promise<number> {
    this.#child.stdin!.write(`${seconds}\n`);
    const { rate } = await this.#answer(timeout);
    if (typeof rate === "number" && Number.isFinite(rate) && rate > 0) return rate;
    throw new Error(`it gave the rate ${JSON.stringify(rate)}, expected a number above 0`);
  }

  /** Ends the process, whatever it does. */
  close(): void {
    this.#child.kill("SIGKILL");
  }

  /** The next line that is an object; libraries print others. Throws when none comes in `timeout` seconds. */
  async #answer(timeout: number): Promise<Record<string, unknown>> {
    const timer = new AbortController();
    const late = new Promise<never>((_, reject) => {
      const id = setTimeout(() => reject(new Error(`it gave no answer in ${timeout} s`)), timeout * 1000);
      timer.signal.addEventListener("abort", () => clearTimeout(id));
    });
    try {
      return await Promise.race([this.#nextObject(), late]);
    } finally {
      timer.abort();
    }
  }

  async #nextObject(): Promise<Record<string, unknown>> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) {
        await this.#closed;
        throw new Error(`it ended: ${this.#lastComplaint()}`);
      }
      if (value.startsWith("{")) return JSON.parse(value) as Record<string, unknown>;
    }
  }

  #complain(text: string): void {
    this.#complaints = (this.#complaints + text).slice(-4000);
  }

  /** The line of an error among what it printed, or the last one. */
  #lastComplaint(): string {
    const lines = this.#complaints.split("\n").filter((line) => line.trim() !== "");
    return (lines.findLast((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? "without a word").trim();
  }
}
