// Answers a front end's questions about code, in the protocol's words.
import type { CellEngine, Completion } from "../engine/cell-engine.js";
import type { ToCells } from "./bridge.js";
import { toCodePoints, toUtf16 } from "./code-points.js";

type Content = Readonly<Record<string, unknown>>;
export type Question = Extract<ToCells, { type: "complete" | "inspect" | "isComplete" }>;

/** The content of the reply. A question that the compiler cannot bear is answered by its error. */
export function answerQuestion(question: Question, engine: CellEngine): Content {
  try {
    return { status: "ok", ...answer(question, engine) };
  } catch (error) {
    const { name: ename, message: evalue } = error instanceof Error ? error : new Error(String(error));
    return { status: "error", ename, evalue, traceback: [`${ename}: ${evalue}`] };
  }
}

function answer(question: Question, engine: CellEngine): Content {
  if (question.type === "isComplete") return { ...engine.isComplete(question.code) };
  const { code } = question;
  const cursor = toUtf16(code, question.cursor);
  if (question.type === "complete") return completionContent(engine.complete(code, cursor), code);
  const data = engine.inspect(code, cursor);
  return { found: data !== undefined, data: data ?? {}, metadata: {} };
}

/** The types of matches go where JupyterLab looks for them. */
function completionContent({ matches, start, end }: Completion, code: string): Content {
  const range = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
  const typed = matches.map(({ text, kind, signature }) => ({
    ...range,
    text,
    type: kind,
    ...(signature === undefined ? {} : { signature }),
  }));
  return {
    matches: matches.map(({ text }) => text),
    cursor_start: range.start,
    cursor_end: range.end,
    metadata: { _jupyter_types_experimental: typed },
  };
}
