// The analysis of notebooks in a thread of its own, for the server.
import { Worker } from "node:worker_threads";
import type { AnalysisAnswer, AnalysisRequest } from "../analysis-protocol.js";
import type { Question, Reply } from "./worker.js";

export interface OpenAnalysis {
  /** Rejects with an {@link AnalysisError} when there is no answer; the next request may have one all the same. */
  analyse(request: AnalysisRequest): Promise<AnalysisAnswer>;
  /** Ends the thread, whatever it is doing: what has no answer yet rejects. A later request starts another. */
  close(): Promise<void>;
}

class AnalysisError extends Error {
  override readonly name = "AnalysisError";
}

/** Starts at the first request: a page without one costs nothing. `program` is that of the thread. */
export const openAnalysis = (
  rootFolder: string,
  program: URL = new URL("./worker.js", import.meta.url),
): OpenAnalysis => new AnalysisThread(rootFolder, program);

interface Waiting {
  resolve(answer: AnalysisAnswer): void;
  reject(error: AnalysisError): void;
}

class AnalysisThread implements OpenAnalysis {
  readonly #root: string;
  readonly #program: URL;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  #worker: Worker | undefined;

  constructor(rootFolder: string, program: URL) {
    this.#root = rootFolder;
    this.#program = program;
  }

  analyse(request: AnalysisRequest): Promise<AnalysisAnswer> {
    return new Promise((resolve, reject) => {
      const question: Question = { number: ++this.#number, request };
      this.#waiting.set(question.number, { resolve, reject });
      this.#worker ??= this.#start();
      this.#worker.ref();
      this.#worker.postMessage(question);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#lose(worker, "the analysis was closed");
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#program, { workerData: this.#root, name: "analysis" });
    worker.on("message", (reply: Reply) => this.#receive(reply));
    worker.on("error", (error) => this.#lose(worker, `the analysis failed: ${(error as Error).message}`));
    worker.on("exit", () => this.#lose(worker, "internal: the thread of the analysis has ended"));
    return worker;
  }

  #receive(reply: Reply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ("answer" in reply) waiting?.resolve(reply.answer);
    else waiting?.reject(new AnalysisError(reply.fault));
    if (this.#waiting.size === 0) this.#worker?.unref(); // a process that waits for nothing may end
  }

  /** Once for each thread, whatever it says while it ends. */
  #lose(worker: Worker | undefined, reason: string): void {
    if (worker === undefined || worker !== this.#worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new AnalysisError(reason));
    this.#waiting.clear();
  }
}
