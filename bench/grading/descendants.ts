// The processor time of everything this process starts, also of what it kills: the system tells it only of what ends by itself.
import { readdirSync, readFileSync } from "node:fs";

/** Looked at before each kill: what a process used since is lost. Linux; elsewhere it stays 0. */
export class DescendantsTime {
  readonly #seen = new Map<number, number>();

  look(): void {
    for (const pid of descendantsOf(process.pid)) {
      const milliseconds = timeOf(pid);
      if (milliseconds > (this.#seen.get(pid) ?? 0)) this.#seen.set(pid, milliseconds);
    }
  }

  get milliseconds(): number {
    return [...this.#seen.values()].reduce((sum, one) => sum + one, 0);
  }
}

function descendantsOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(" "));
  return children.filter(Boolean).flatMap((child) => [Number(child), ...descendantsOf(Number(child))]);
}

/** First number of `schedstat`: nanoseconds on a processor. */
const timeOf = (pid: number): number =>
  threadsOf(pid).reduce(
    (sum, thread) => sum + Number.parseInt(read(`/proc/${pid}/task/${thread}/schedstat`) || "0", 10) / 1e6,
    0,
  );

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // it has ended, or this is no Linux
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
