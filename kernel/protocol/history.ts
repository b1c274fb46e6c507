// The code that was run, and what it gave, for front ends that let one search it. It ends with the kernel.

interface Entry {
  readonly line: number;
  readonly input: string;
  output: string | null;
}

export interface HistoryQuery {
  readonly access: "tail" | "range" | "search";
  /** At most so many, the last ones. */
  readonly count: number | undefined;
  /** A range: from `start`, `stop` not included. */
  readonly start: number;
  readonly stop: number | undefined;
  readonly session: number;
  /** A search: `*` stands for any characters, `?` for one. */
  readonly pattern: string;
  readonly unique: boolean;
}

/** Earlier sessions are not kept: ours is called 0, as "the current one", and 1. */
const session = 1;

export class History {
  private readonly entries: Entry[] = [];

  add(line: number, input: string): void {
    this.entries.push({ line, input, output: null });
  }

  /** The text of the value of the last entry. */
  addOutput(output: string): void {
    const last = this.entries.at(-1);
    if (last !== undefined) last.output = output;
  }

  /** Entries as the protocol has them: session, line, input; or input and output together. */
  find(query: HistoryQuery, withOutput: boolean): unknown[] {
    return this.select(query).map(({ line, input, output }) => [session, line, withOutput ? [input, output] : input]);
  }

  private select({ access, count, start, stop = Number.POSITIVE_INFINITY, pattern, unique, ...query }: HistoryQuery) {
    if (access === "range") {
      if (query.session !== 0 && query.session !== session) return [];
      return this.entries.filter(({ line }) => line >= start && line < stop);
    }
    const found = access === "tail" ? this.entries : this.search(pattern, unique);
    return count === undefined ? found : found.slice(Math.max(0, found.length - Math.max(0, count)));
  }

  private search(pattern: string, unique: boolean): Entry[] {
    const expression = globExpression(pattern);
    const found = this.entries.filter(({ input }) => expression.test(input));
    if (!unique) return found;
    const last = new Map(found.map((entry) => [entry.input, entry]));
    return found.filter((entry) => last.get(entry.input) === entry);
  }
}

function globExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s");
}
