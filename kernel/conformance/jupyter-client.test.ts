// Our kernel as Debian's jupyter_client hears it: what the peers' own implementation takes for valid, and nothing else.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltKernel, buildKernel } from "../fixtures/built-kernel.js";
import { hasPythonModule, type Jupyter, openJupyter, scriptsFolder } from "./fixtures/jupyter.js";

const hasClient = hasPythonModule("jupyter_client", "our kernel as jupyter_client hears it");
const hasKernelTests = hasPythonModule("jupyter_kernel_test", "Jupyter's own tests of a kernel");

interface Run {
  readonly types: readonly string[];
  readonly contents: readonly Record<string, unknown>[];
  readonly reply: Record<string, unknown>;
}

/** What front_end.py found; see there. */
type Found = Readonly<Record<string, Record<string, unknown>>> & {
  readonly result: Run;
  readonly silent: Run;
  readonly stream: Run;
  readonly error: Run;
};

let built: BuiltKernel;
let jupyter: Jupyter;
beforeAll(async () => {
  built = await buildKernel();
  jupyter = openJupyter(built.main);
});
afterAll(() => {
  jupyter.remove();
  built.remove();
});

describe.skipIf(!hasClient)("for jupyter_client", () => {
  let found: Found;
  beforeAll(() => {
    const { stdout, stderr } = jupyter.run(join(scriptsFolder, "front_end.py"));
    if (!stdout.startsWith("{")) throw new Error(`front_end.py found nothing: ${stderr}`);
    found = JSON.parse(stdout);
  }, 240_000);

  test("the kernel says what it is", () => {
    expect(found["info"]).toMatchObject({
      status: "ok",
      protocol_version: expect.stringMatching(/^5\.\d/),
      implementation: expect.any(String),
      language_info: { name: "typescript", file_extension: ".ts" },
    });
  });

  test("an execution is busy, input, result, idle, in this order, and its reply has the expressions", () => {
    expect(found.result.types).toEqual(["status", "execute_input", "execute_result", "status"]);
    expect(found.result.contents[0]).toMatchObject({ execution_count: 1 });
    expect(found.result.contents[1]).toMatchObject({ execution_count: 1, data: { "text/plain": "42" } });
    expect(found.result.reply).toMatchObject({
      status: "ok",
      execution_count: 1,
      user_expressions: { twice: { status: "ok", data: { "text/plain": "84" } }, wrong: { status: "error" } },
    });
  });

  test("a silent execution shows no result and counts for nothing", () => {
    expect(found.silent.types).not.toContain("execute_result");
    expect(found.stream.reply).toMatchObject({ status: "ok", execution_count: 2 });
    expect(found.stream.contents.slice(1)).toEqual([
      { name: "stdout", text: "out\n" },
      { name: "stderr", text: "err\n" },
    ]);
  });

  test("an error is one on iopub and in the reply", () => {
    const error = { ename: "RangeError", evalue: "boum", traceback: expect.any(Array) };
    expect(found.error.contents.at(-1)).toEqual(error);
    expect(found.error.reply).toMatchObject({ status: "error", ...error });
  });

  test("code is completed, also after characters of two units, inspected, and judged for its end", () => {
    expect(found["complete"]).toMatchObject({ status: "ok", cursor_start: 0, cursor_end: 4 });
    expect(found["complete"]!["matches"]).toContain("answer");
    expect(found["complete_after_emoji"]).toMatchObject({ cursor_start: 6, cursor_end: 10 });
    expect(found["complete_after_emoji"]!["matches"]).toContain("answer");
    expect(found["inspect"]).toMatchObject({ found: true, data: { "text/plain": expect.stringContaining("answer") } });
    expect(found["incomplete"]).toMatchObject({ status: "incomplete" });
    expect(found["complete_code"]).toMatchObject({ status: "complete" });
  });

  test("history has what was executed, and there are no comms", () => {
    expect(found["history"]!["history"]).toEqual([
      [expect.any(Number), 2, "console.log('out'); console.error('err')"],
      [expect.any(Number), 3, "throw new RangeError('boum')"],
    ]);
    expect(found["comms"]).toMatchObject({ status: "ok", comms: {} });
  });

  test("what stands in the queue behind an error is aborted, what comes later runs", () => {
    expect(found["after_error"]).toMatchObject({ first: { status: "error" }, second: { status: "aborted" } });
    expect(found["then"]).toMatchObject({ reply: { status: "ok" } });
  });

  test("a cell asks and is answered", () => {
    expect(found["input"]).toMatchObject({
      question: { prompt: "Who?", password: false },
      texts: ["hello Ada\n"],
      reply: { status: "ok" },
    });
  });

  test.each(["endless", "microtasks"])("the loop %s is interrupted within a second, and names stay", (loop) => {
    expect(found[loop]).toMatchObject({ reply: { status: "error" } });
    expect(found[loop]!["seconds"]).toBeLessThan(1);
    expect(found["kept"]).toMatchObject({ contents: [{}, { name: "stdout", text: "42\n" }] });
  });

  test("its heart beats while a cell holds the thread", () => {
    expect(found["beats_while_busy"]).toBe(true);
  });

  test("it answers nobody who has not the key, listens on loopback alone, and its connection file is its owner's", () => {
    expect(found["answers_strangers"]).toBe(false);
    const addresses = found["listens_on"] as unknown as readonly string[] | null;
    if (addresses === null) console.warn("not looked at: which addresses are listened on (no /proc/net/tcp)");
    else expect(addresses).toEqual(["0100007F"]);
    if (process.platform !== "win32") expect(found["connection_file_mode"]).toBe("0o600");
  });

  test("a restart forgets the names; a shutdown ends it, though a timer is alive", () => {
    expect(found["after_restart"]).toMatchObject({ reply: { execution_count: 1 } });
    expect(found["shutdown"]).toMatchObject({ alive: false });
    expect(found["shutdown"]!["seconds"]).toBeLessThan(30); // then Jupyter ends it
  });
});

test.skipIf(!hasKernelTests)(
  "Jupyter's own tests of a kernel pass",
  () => {
    const { status, stderr } = jupyter.run(join(scriptsFolder, "kernel_tests.py"), "-v");
    expect(stderr).toMatch(/^OK/m);
    expect(status).toBe(0);
  },
  240_000,
);
