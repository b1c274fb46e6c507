// POST /api/retroprop/analysis: a notebook as a whole. One at a time, in a thread; the newest request alone waits.
import { setTimeout as delay } from "node:timers/promises";
import type { AnalysisAnswer, AnalysisRequest } from "../analysis-protocol.js";
import type { ServedFolder } from "./guard/served-folder.js";
import { type Exchange, type Route, readJson, sendJson } from "./http/exchange.js";
import { HttpFault } from "./http/http-fault.js";

/** What analyses, and can be ended while it does. */
export interface Analysis {
  analyse(request: AnalysisRequest): Promise<AnalysisAnswer>;
  close(): unknown;
}

const timeLimitMs = 20_000;
const largestNotebook = 10 * 1024 * 1024;

/** Returns the route, and what ends the analysis that runs. */
export function analysisRoute(
  served: ServedFolder,
  open: (root: string) => Analysis,
  limitMs = timeLimitMs,
): { route: Route; close: () => void } {
  const queue = new NewestFirst(() => open(served.root), limitMs);
  const route: Route = {
    method: "POST",
    path: /^\/api\/retroprop\/analysis$/,
    async handle(exchange) {
      const request = readRequest(await readJson(exchange, largestNotebook), exchange);
      const { words } = exchange;
      served.locate(request.path, words); // files are read from its folder on
      const answer = await queue.analyse(request);
      if (answer === "superseded") throw new HttpFault(409, "superseded", words.analysisSuperseded);
      if (answer === "slow") throw new HttpFault(504, "slow", words.analysisSlow);
      sendJson(exchange, 200, answer);
    },
  };
  return { route, close: () => queue.end() };
}

type Outcome = AnalysisAnswer | "superseded" | "slow";

class NewestFirst {
  private readonly open: () => Analysis;
  private readonly limitMs: number;
  private analysis: Analysis | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private newest = 0;
  private ended = false;

  constructor(open: () => Analysis, limitMs: number) {
    this.open = open;
    this.limitMs = limitMs;
  }

  /** After the one that runs, unless a newer one has come until then. */
  async analyse(request: AnalysisRequest): Promise<Outcome> {
    const serial = ++this.newest;
    const turn = this.last;
    const outcome = turn.then(() => (serial === this.newest ? this.run(request) : "superseded"));
    this.last = outcome.catch(() => {});
    return outcome;
  }

  /** What is asked for has no answer any more. */
  end(): void {
    this.ended = true;
    this.drop();
  }

  private drop(): void {
    this.analysis?.close();
    this.analysis = undefined;
  }

  private async run(request: AnalysisRequest): Promise<Outcome> {
    this.analysis ??= this.open();
    const patience = new AbortController();
    const slow = delay(this.limitMs, "slow" as const, { ref: false, signal: patience.signal });
    slow.catch(() => {});
    const work = this.analysis.analyse(request);
    work.catch(() => {});
    try {
      const outcome = await Promise.race([work, slow]);
      // Its thread is held by what took too long: the next request gets another.
      if (outcome === "slow") this.drop();
      return outcome;
    } catch (error) {
      if (this.ended) return "superseded"; // by the end of the server
      this.drop();
      throw error;
    } finally {
      patience.abort();
    }
  }
}

function readRequest({ path, cells }: Readonly<Record<string, unknown>>, { words }: Exchange): AnalysisRequest {
  const isCell = (cell: unknown): boolean => {
    const { id, source } = (cell ?? {}) as Readonly<Record<string, unknown>>;
    return typeof id === "string" && typeof source === "string";
  };
  if (typeof path === "string" && Array.isArray(cells) && cells.every(isCell)) return { path, cells };
  throw new HttpFault(400, "bad-request", words.badRequest);
}
