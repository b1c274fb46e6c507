import { describe, expect, test } from "vitest";
import type { CellEnd, CellEngine, CellRequest, EngineHost } from "../engine/cell-engine.js";
import type { OutputMessage } from "../messages.js";
import type { FromCells } from "./bridge.js";
import { CellThread } from "./cell-thread.js";
import { CellThreadState, IoThreadState, newSharedState } from "./thread-state.js";

/** A thread whose engine does what `run` says with each cell. */
function newThread(run: (request: CellRequest, host: EngineHost, end: (end: CellEnd) => void) => void) {
  const posted: FromCells[] = [];
  const answers: string[] = [];
  const interrupted: string[] = [];
  const shared = newSharedState();
  const io = new IoThreadState(shared);
  const thread = new CellThread({
    folder: "/notebooks",
    state: new CellThreadState(shared),
    post: (message) => posted.push(structuredClone(message)),
    takeAnswer: () => answers.shift(),
    exit: () => {},
  });
  thread.start(
    (host): CellEngine => ({
      warmUp: () => {},
      execute(request, onEnd) {
        host.onUserCode(true);
        run(request, host, (end) => {
          host.onUserCode(false);
          onEnd(end);
        });
      },
      interrupt: () => interrupted.push("now"),
      complete: (_code, cursor) => ({ matches: [{ text: "map", kind: "method" }], start: cursor - 1, end: cursor }),
      inspect: () => undefined,
      isComplete: () => {
        throw new RangeError("too deep");
      },
    }),
  );
  const execute = (more: object = {}) =>
    thread.receive({
      type: "execute",
      id: "7",
      code: "code",
      count: 2,
      silent: false,
      allowInput: true,
      expressions: {},
      ...more,
    });
  return { thread, posted, answers, interrupted, io, execute };
}

const ok = { status: "ok" } as const;
const printed = (text: string): OutputMessage => ({ type: "stream", name: "stdout", text });
const result = (text: string): OutputMessage => ({
  type: "execute_result",
  data: { "text/plain": text },
  metadata: {},
});

describe("a cell", () => {
  test("is run, its outputs posted before its end", () => {
    const { posted, execute } = newThread(({ id }, host, end) => {
      host.onOutput(id, printed("a"));
      end(ok);
    });
    execute();
    expect(posted).toEqual([
      { type: "ready" },
      { type: "output", id: "7", output: printed("a"), size: 201 },
      { type: "ended", id: "7", expressions: {} },
    ]);
  });

  test("may be stopped while it runs, and after it: what it left running may hold the thread too", () => {
    let duringOurs = true;
    const { execute, io } = newThread((_request, host, end) => {
      host.onUserCode(false);
      duringOurs = io.beginToStop();
      end(ok);
    });
    execute();
    expect(duringOurs).toBe(false);
    expect(io.beginToStop()).toBe(true);
  });

  test("expressions are evaluated after it, their values kept from the outputs, unless it failed", () => {
    const failure = { type: "error", ename: "E", evalue: "v", traceback: [] } as const;
    const { posted, execute } = newThread(({ id, code }, host, end) => {
      if (code === "bad") return end({ status: "error", error: failure });
      if (code !== "code") host.onOutput(id, result(code.toUpperCase()));
      host.onOutput(id, printed(code));
      end(ok);
    });
    execute({ expressions: { a: "first", b: "bad" } });
    const { type: _, ...cause } = failure;
    expect(posted.slice(1)).toEqual([
      { type: "output", id: "7", output: printed("code"), size: 204 },
      { type: "output", id: "7", output: printed("first"), size: 205 },
      {
        type: "ended",
        id: "7",
        expressions: {
          a: { status: "ok", data: { "text/plain": "FIRST" }, metadata: {} },
          b: { status: "error", ...cause },
        },
      },
    ]);
    execute({ code: "bad", expressions: { a: "first" } });
    expect(posted.at(-1)).toEqual({ type: "ended", id: "7", error: failure, expressions: {} });
  });
});

describe("prompt", () => {
  test("asks, and gives the first answer that comes after the question", () => {
    let answer = "";
    const { posted, answers, io, execute } = newThread(({ id }, host, end) => {
      answers.push("of an interrupted prompt");
      // The other thread answers while this one waits; here, just before it would.
      const post = posted.push.bind(posted);
      posted.push = (...messages) => {
        if (messages[0]?.type === "ask") {
          answers.push("Zoé");
          io.answerGiven();
        }
        return post(...messages);
      };
      answer = host.readInput(id, { prompt: "Name?", password: false });
      end(ok);
    });
    execute();
    expect(answer).toBe("Zoé");
    expect(posted[1]).toEqual({ type: "ask", id: "7", prompt: "Name?", password: false });
  });

  test.each([
    ["where nobody can answer", { allowInput: false }, "7"],
    ["from what an earlier cell left running", {}, "6"],
  ])("%s it is an error that says what to do", (_, options, id) => {
    let error: unknown;
    const { execute } = newThread((_request, host, end) => {
      try {
        host.readInput(id, { prompt: "", password: false });
      } catch (thrown) {
        error = thrown;
      }
      end(ok);
    });
    execute(options);
    expect(error).toMatchObject({ message: expect.stringContaining("Write the value in the cell instead") });
  });
});

test("an interrupt reaches the engine, and is answered by its number", () => {
  const { thread, posted, interrupted } = newThread(() => {});
  thread.receive({ type: "interrupt", serial: 5 });
  expect(interrupted).toEqual(["now"]);
  expect(posted.at(-1)).toEqual({ type: "interrupted", serial: 5 });
});

test("questions are answered in the protocol's words, places counted in characters", () => {
  const { thread, posted } = newThread(() => {});
  thread.receive({ type: "complete", id: "q", code: "😀.m", cursor: 3 });
  const typed = [{ text: "map", type: "method", start: 2, end: 3 }];
  expect(posted.at(-1)).toEqual({
    type: "answer",
    id: "q",
    content: {
      status: "ok",
      matches: ["map"],
      cursor_start: 2,
      cursor_end: 3,
      metadata: { _jupyter_types_experimental: typed },
    },
  });
  thread.receive({ type: "inspect", id: "r", code: "a", cursor: 0 });
  expect(posted.at(-1)).toMatchObject({ content: { status: "ok", found: false, data: {}, metadata: {} } });
});

test("a question that the compiler cannot bear is answered by its error", () => {
  const { thread, posted } = newThread(() => {});
  thread.receive({ type: "isComplete", id: "q", code: "((((" });
  expect(posted.at(-1)).toMatchObject({ content: { status: "error", ename: "RangeError", evalue: "too deep" } });
});
