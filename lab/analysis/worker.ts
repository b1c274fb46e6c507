// The thread of the analysis: an answer for each request, in their order. The compiler never holds the server up.
import { parentPort, workerData } from "node:worker_threads";
import type { AnalysisAnswer, AnalysisRequest } from "../analysis-protocol.js";
import { NotebookAnalysis } from "./notebook-analysis.js";

export interface Question {
  readonly number: number;
  readonly request: AnalysisRequest;
}

export type Reply = { readonly number: number } & ({ readonly answer: AnalysisAnswer } | { readonly fault: string });

const analysis = new NotebookAnalysis(String(workerData));

parentPort?.on("message", ({ number, request }: Question) => {
  parentPort?.postMessage({ number, ...answerTo(request) } satisfies Reply);
});

/** A notebook that the compiler stumbles over must not end the thread: others have theirs here too. */
function answerTo(request: AnalysisRequest): { answer: AnalysisAnswer } | { fault: string } {
  try {
    return { answer: analysis.analyse(request) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
