// Measures one thing with all competitors, interleaved: round after round, each in its turn.
import type { Hello } from "./session.js";
import { lossDisagreement, medianOf } from "./statistics.js";

/** What is asked of a competitor; see `Session`. */
export interface Contestant {
  readonly name: string;
  hello(timeout: number): Promise<Hello>;
  rate(seconds: number, timeout: number): Promise<number>;
  close(): void;
}

export interface Plan {
  readonly rounds: number;
  /** About how long each contestant is measured in each round. */
  readonly seconds: number;
  /** When a contestant is given up, in seconds. */
  readonly timeout: number;
  /** Whether each has a first measure that does not count: code is compiled, memory is found. */
  readonly warmUp: boolean;
  /** By how much losses may differ from those of `standard`, or of the first contestant if it is not there. */
  readonly tolerance: number;
  readonly standard: string;
  /** Told what goes on. */
  readonly onProgress?: (doing: string) => void;
}

export interface Measured {
  readonly status: "measured";
  readonly version: string;
  /** The median over the rounds. */
  readonly rate: number;
  /** Whether its losses were compared, and agreed. */
  readonly isCompared: boolean;
  readonly note: string | undefined;
}

export type Outcome = Measured | { readonly status: "unable" | "failed"; readonly reason: string };

/**
 * The outcomes by name. A contestant that fails, hangs, or loses something else than the standard is given up, and the
 * others go on.
 */
export async function measureAll(contestants: readonly Contestant[], plan: Plan): Promise<Map<string, Outcome>> {
  const entries = contestants.map((contestant) => new Entry(contestant));
  try {
    for (const entry of entries) {
      plan.onProgress?.(`starting ${entry.contestant.name}`);
      await entry.begin(plan);
    }
    refuseOtherLosses(entries, plan);
    for (let round = 1; round <= plan.rounds; round++) {
      for (const entry of entries) {
        plan.onProgress?.(`round ${round}/${plan.rounds}, ${entry.contestant.name}`);
        await entry.measure(plan);
      }
    }
  } finally {
    for (const { contestant } of entries) contestant.close();
  }
  return new Map(entries.map((entry) => [entry.contestant.name, entry.outcome()]));
}

/** One contestant, and how far it has come. */
class Entry {
  readonly contestant: Contestant;
  #hello: Exclude<Hello, { unable: string }> | undefined;
  #end: Outcome | undefined;
  readonly #rates: number[] = [];

  constructor(contestant: Contestant) {
    this.contestant = contestant;
  }

  get losses(): readonly number[] | undefined {
    return this.#end === undefined ? (this.#hello?.losses ?? undefined) : undefined;
  }

  async begin({ warmUp, seconds, timeout }: Plan): Promise<void> {
    await this.#attempt(async () => {
      const hello = await this.contestant.hello(timeout);
      if ("unable" in hello) return this.giveUp("unable", hello.unable);
      this.#hello = hello;
      if (warmUp) await this.contestant.rate(seconds, timeout);
    });
  }

  async measure({ seconds, timeout }: Plan): Promise<void> {
    await this.#attempt(async () => {
      this.#rates.push(await this.contestant.rate(seconds, timeout));
    });
  }

  giveUp(status: "unable" | "failed", reason: string): void {
    this.#end = { status, reason };
    this.contestant.close();
  }

  outcome(): Outcome {
    if (this.#end !== undefined) return this.#end;
    const { version, losses, note } = this.#hello!;
    const isCompared = losses !== undefined && losses !== null;
    return { status: "measured", version, rate: medianOf(this.#rates), isCompared, note: note ?? undefined };
  }

  async #attempt(step: () => Promise<void>): Promise<void> {
    if (this.#end !== undefined) return;
    try {
      await step();
    } catch (error) {
      this.giveUp("failed", (error as Error).message);
    }
  }
}

function refuseOtherLosses(entries: readonly Entry[], { standard, tolerance }: Plan): void {
  const comparable = entries.filter(({ losses }) => losses !== undefined);
  const model = comparable.find(({ contestant }) => contestant.name === standard) ?? comparable[0];
  const expected = model?.losses;
  if (expected === undefined) return;
  for (const entry of comparable) {
    const fault = lossDisagreement(entry.losses!, expected, tolerance);
    if (fault !== undefined) {
      entry.giveUp("failed", `it computes something else: ${fault} as for ${model!.contestant.name}`);
    }
  }
}
