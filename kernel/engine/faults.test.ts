import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openNotebook, type TestNotebook } from "./fixtures/open-notebook.js";

const throws = "interface Erased {}\n\nexport function boom(): never {\n  throw new RangeError('boom');\n}\n";

let notebook: TestNotebook;
/** The test runner takes what nobody catches for a fault of the tests; here it belongs to cells. */
const runnersOwn = {
  unhandledRejection: process.listeners("unhandledRejection"),
  uncaughtException: process.listeners("uncaughtException"),
};
beforeAll(() => {
  for (const event of ["unhandledRejection", "uncaughtException"] as const) process.removeAllListeners(event);
  notebook = openNotebook({
    "throws.ts": throws,
    "tp (1)/throws.ts": throws,
  });
});
afterAll(() => {
  notebook.remove();
  for (const listener of runnersOwn.unhandledRejection) process.on("unhandledRejection", listener);
  for (const listener of runnersOwn.uncaughtException) process.on("uncaughtException", listener);
});

/** While `work` lasts, cells see that global. */
async function duringGlobal(name: string, work: () => Promise<void>): Promise<void> {
  Object.assign(globalThis, { [name]: true });
  try {
    await work();
  } finally {
    Reflect.deleteProperty(globalThis, name);
  }
}

const tracebackOf = async (code: string, count?: number) =>
  (await notebook.run(code, count === undefined ? {} : { count })).error?.traceback;

describe("a traceback", () => {
  it("names cells and lines as they were written, the failing line first, without frames of ours", async () => {
    await notebook.run(
      "interface Erased {}\n\nfunction fail(x: number): never {\n  throw new TypeError('bad ' + x);\n}",
      { count: 7 },
    );
    expect(await tracebackOf("type Also = Erased;\nlet label = 'x';\nlabel = fail(3);", 8)).toEqual([
      "      throw new TypeError('bad ' + x);",
      "            ^",
      "TypeError: bad 3",
      "    at fail (cell 7:4:9)",
      "    at cell 8:3:9",
    ]);
  });

  it("goes on after an await", async () => {
    const traceback = await tracebackOf(
      "async function deep() {\n  await 1;\n  throw new Error('deep');\n}\nawait deep();",
      9,
    );
    expect(traceback?.slice(2)).toEqual(["Error: deep", "    at deep (cell 9:3:9)", "    at async cell 9:5:1"]);
  });

  it("points into the line of the last expression, which we change before it runs", async () => {
    expect((await tracebackOf("let export_ = 1; JSON.parse('{')", 10))?.slice(0, 2)).toEqual([
      "    let export_ = 1; JSON.parse('{')",
      "                          ^",
    ]);
  });

  it("names files of the notebook from its folder", async () => {
    const traceback = await tracebackOf("import { boom } from './throws';\nboom();", 11);
    expect(traceback).toContain("    at boom (throws.ts:4:9)");
    expect(traceback?.at(-1)).toBe("    at cell 11:2:1");
    const downloadedTwice = await tracebackOf("import { boom } from './tp (1)/throws';\n[1].map(boom);", 11);
    expect(downloadedTwice?.slice(-3)).toEqual([
      "    at boom (tp (1)/throws.ts:4:9)",
      "    at Array.map (<anonymous>)",
      "    at cell 11:2:5",
    ]);
  });

  it("tells causes and the errors of an AggregateError, each once", async () => {
    const traceback = await tracebackOf(
      "const inner = new Error('in'); inner.cause = inner;\nthrow new AggregateError([inner, 2], 'many', { cause: 'why' });",
      12,
    );
    expect(traceback?.slice(2)).toEqual([
      "AggregateError: many",
      "    at cell 12:2:7",
      "  [cause]: 'why'",
      "  [errors 0]: Error: in",
      "      at cell 12:1:15",
      "  [errors 1]: 2",
    ]);
  });

  it("is what `error.stack` says in the cell too", async () => {
    const { printed } = await notebook.run("interface E {}\nconsole.log(new Error('seen').stack)", { count: 13 });
    expect(printed).toBe("Error: seen\n    at cell 13:2:13\n");
  });
});

describe("whatever is thrown is told", () => {
  it.each([
    ["null", "Thrown", "null"],
    ["undefined", "Thrown", "undefined"],
    ["'a text'", "Thrown", "a text"],
    ["{ a: 1 }", "Thrown", "{ a: 1 }"],
    ["Object.create(null)", "Thrown", "[Object: null prototype] {}"],
    ["new (class MyError extends Error { override name = 'MyError' })('mine')", "MyError", "mine"],
    ["Object.defineProperty(new Error('x'), 'stack', { get() { throw 1 } })", "Error", "x"],
    ["Object.defineProperty(new Error(), 'message', { get() { throw 1 } })", "Error", ""],
    ["new Proxy({}, { get() { throw 1 }, getPrototypeOf() { throw 2 } })", "Thrown", expect.any(String)],
  ])("%s", async (value, ename, evalue) => {
    const { error } = await notebook.run(`throw ${value}`);
    expect([error?.ename, error?.evalue]).toEqual([ename, evalue]);
  });

  it("even when the cell takes stack traces over", async () => {
    const { error } = await notebook.run(
      "const was = Error.prepareStackTrace; Error.prepareStackTrace = () => 5; Error.stackTraceLimit = 0; throw new Error('still')",
    );
    await notebook.run("Error.prepareStackTrace = was!; Error.stackTraceLimit = 30");
    expect(error?.traceback).toEqual(["Error: still"]);
  });
});

describe("an error that nobody catches", () => {
  it.each([
    ["a rejection", "void Promise.reject(new Error('lost')); 3"],
    ["a rejection while the cell waits", "void Promise.reject(new Error('lost')); await new Promise(() => {})"],
    ["a throw in a timer", "setTimeout(() => { throw new Error('lost') }, 1); await new Promise(() => {})"],
  ])("ends its cell: %s", async (_, code) => {
    const { error } = await notebook.run(code);
    expect(error?.evalue).toBe("lost");
  });

  it.each([
    ["a rejection", "void Promise.reject(new Error('late'))"],
    ["a throw in a timer", "throw new Error('late')"],
  ])("after the end of its cell is shown under it: %s", async (_, fault) => {
    const last = notebook.outputs.length;
    const { end } = await notebook.run(
      `const watch = setInterval(() => { if (!("itIsLate" in globalThis)) return; clearInterval(watch); ${fault} }, 5);`,
      { id: `late ${fault}` },
    );
    expect(end).toEqual({ status: "ok" });
    await duringGlobal("itIsLate", () =>
      expect.poll(() => notebook.outputs.slice(last), { timeout: 20_000 }).toHaveLength(1),
    );
    expect(notebook.outputs.at(-1)).toMatchObject({ id: `late ${fault}`, output: { ename: "Error", evalue: "late" } });
  });
});

describe("what is printed", () => {
  it("is told in order, with its stream, whatever its form", async () => {
    const { outputs } = await notebook.run(
      "console.log('a'); console.error('b'); process.stdout.write(new Uint8Array([0xc3])); process.stdout.write(new Uint8Array([0xa9]), () => {}); 0",
    );
    expect(outputs.slice(0, 3)).toEqual([
      { type: "stream", name: "stdout", text: "a\n" },
      { type: "stream", name: "stderr", text: "b\n" },
      { type: "stream", name: "stdout", text: "é" },
    ]);
  });

  it("later goes to the cell that it comes from", async () => {
    await notebook.run("setTimeout(() => console.log('from the first'), 5)", { id: "first" });
    await notebook.run("await new Promise((resolve) => setTimeout(resolve, 30))", { id: "second" });
    expect(notebook.outputs.at(-1)).toEqual({
      id: "first",
      output: { type: "stream", name: "stdout", text: "from the first\n" },
    });
  });

  it("in one line of a megabyte is told whole", async () => {
    const { printed } = await notebook.run("process.stdout.write('x'.repeat(1 << 20)); 0");
    expect(printed.length).toBe(1 << 20);
  });
});

describe("a display", () => {
  it("is shown under its cell, and changed under the one that changes it", async () => {
    const { outputs } = await notebook.run(
      "import * as tslab from 'tslab'; const place = tslab.newDisplay(); place.html('<b>1</b>')",
    );
    const later = await notebook.run("place.html('<b>2</b>')");
    const { displayId } = outputs[0] as { displayId: string };
    expect(outputs).toEqual([{ type: "display_data", displayId, data: { "text/html": "<b>1</b>" }, metadata: {} }]);
    expect(later.outputs).toEqual([
      { type: "update_display_data", displayId, data: { "text/html": "<b>2</b>" }, metadata: {} },
    ]);
  });
});

describe("an interrupt", () => {
  /** Once what the cell began has gone on for a while. */
  const interruptedRun = (code: string) => {
    const before = notebook.outputs.length;
    const watch = setInterval(() => {
      if (!notebook.outputs.slice(before).some(({ output }) => output.type === "stream")) return;
      clearInterval(watch);
      notebook.engine.interrupt();
    }, 5);
    return notebook.run(code).finally(() => clearInterval(watch));
  };
  const waiting =
    "await new Promise((resolve) => setTimeout(resolve, 30)); console.log('go'); await new Promise(() => {})";

  it("ends a cell that waits, at once; its names stay", async () => {
    const { error } = await interruptedRun(`const declared = 5; ${waiting}; const undeclared = 6`);
    expect(error).toEqual({
      type: "error",
      ename: "Interrupted",
      evalue: "the cell was interrupted",
      traceback: ["Interrupted: the cell was interrupted"],
    });
    expect(await notebook.results("declared", "undeclared")).toEqual([
      "5",
      expect.stringContaining("Cannot find name 'undeclared'"),
    ]);
  });

  it.each([
    ["intervals", "let ticks = 0; setInterval(() => { ticks++ }, 1)"],
    ["immediates", "let ticks = 0; const again = () => { ticks++; setImmediate(again) }; again()"],
    [
      "timers of promises",
      "import { setTimeout as pause } from 'node:timers/promises'; let ticks = 0; void (async () => { for (;;) { await pause(1); ticks++ } })()",
    ],
  ])("clears the cell's %s, and no other's", async (_, code) => {
    await notebook.run("let others = 0; const other = setInterval(() => { others++ }, 1)");
    await interruptedRun(`${code}; ${waiting}`);
    const run = await notebook.run(
      "const [t, o] = [ticks, others]; await new Promise((resolve) => setTimeout(resolve, 30)); clearInterval(other); [t > 0, t === ticks, o < others]",
    );
    expect(run.result).toBe("[ true, true, true ]");
  });

  it("while a module loads leaves none half loaded", async () => {
    notebook.write("slow.ts", `if (!("fast" in globalThis)) { ${waiting} }\nexport const done = 1;\n`);
    const { error } = await interruptedRun("import { done } from './slow'; done");
    expect(error?.ename).toBe("Interrupted");
    await duringGlobal("fast", async () => {
      expect(await notebook.results("import { done } from './slow'; done")).toEqual(["1"]);
    });
  });

  it("without a running cell does nothing", async () => {
    notebook.engine.interrupt();
    await delay(5);
    expect(await notebook.results("1")).toEqual(["1"]);
  });
});

describe("what following async contexts leaves behind is not shown", () => {
  it("a promise is printed as anywhere else", async () => {
    const { printed } = await notebook.run("console.log((async () => 5)(), [1].map(async (x) => x))");
    expect(printed).toBe("Promise { 5 } [ Promise { 1 } ]\n");
    expect((await notebook.run("Promise.resolve(1)")).result).toBe("1");
  });

  it("`console.trace` says what it was told", async () => {
    await notebook.run(
      "let written = '';\nconst write = process.stderr.write;\nprocess.stderr.write = ((text: string) => { written += text; return true; }) as typeof write;\nconsole.trace('here');\nprocess.stderr.write = write;",
    );
    expect((await notebook.run("written")).result).toMatch(/Trace: here/);
  });
});

it("a cell ends while the notebook has put its own timers in the place of Node's", async () => {
  await notebook.run('import { mock } from "node:test";\nmock.timers.enable();');
  expect((await notebook.run("2")).result).toBe("2");
  await notebook.run("mock.timers.reset();");
});

it("what a cell declares after a fault beside its own flow is there once it has come to its end", async () => {
  const { error } = await notebook.run(
    "Promise.reject(new Error('upload failed'));\nawait new Promise((done) => setTimeout(done, 50));\nconst trained = 'yes';",
  );
  expect(error?.evalue).toBe("upload failed");
  await expect.poll(async () => (await notebook.run("trained")).result, { timeout: 20_000 }).toBe("'yes'");
});

it("what cannot be called is named as it was written", async () => {
  await notebook.run("let callback!: () => void;");
  expect((await notebook.run("callback();")).error?.evalue).toBe("callback is not a function");
});
