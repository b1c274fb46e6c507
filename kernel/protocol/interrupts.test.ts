// On the real kernel, in a process of its own: whatever a cell does, an interrupt ends it and leaves the rest as it was.
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildKernel } from "../fixtures/built-kernel.js";
import { Conversation } from "../fixtures/conversation.js";

const built = await buildKernel();
let kernel: Conversation;
beforeAll(async () => {
  kernel = await new Conversation(built.main).ready();
  await kernel.run("let kept = 41;");
});
afterAll(async () => {
  await kernel?.kill();
  built.remove();
});

/** `(func (loop br 0))`, exported as `f`. */
const endlessWasm = "0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11"
  .split(",")
  .map(Number);

const endless: Readonly<Record<string, string>> = {
  "a loop": "for (;;);",
  "a loop that catches": "for (;;) { try { for (;;); } catch {} finally { continue; } }",
  "a loop in promises alone": "while (true) await 1;",
  "a loop after an await": "await new Promise((r) => setTimeout(r, 20));\nfor (;;);",
  "a promise that nothing settles": "await new Promise(() => {});",
  "timers that take all the time": `await new Promise(() => setInterval(() => {
    const end = performance.now() + 30;
    while (performance.now() < end);
  }, 1));`,
  "a chain of immediates": "await new Promise(() => { const f = () => setImmediate(f); f(); });",
  "a chain of ticks": "await new Promise(() => { const f = () => process.nextTick(f); f(); });",
  "a long product of matrices": `const n = 600;
    const [a, b, c] = [0, 1, 2].map(() => new Float64Array(n * n).fill(1.5));
    for (;;) for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let k = 0; k < n; k++)
      c![i * n + j]! += a![i * n + k]! * b![k * n + j]!;`,
  "a loop in WebAssembly": `const code = new Uint8Array(${JSON.stringify(endlessWasm)});
    const { exports: inner } = new WebAssembly.Instance(new WebAssembly.Module(code));
    (inner["f"] as () => void)();`,
  "Atomics.wait": "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  "a prompt": 'prompt("Name?");',
  "a flood of lines": 'for (;;) console.log("x");',
};

test.each(Object.entries(endless))("%s ends, and what was declared before stays", async (_, code) => {
  const id = kernel.execute(code, { allow_stdin: true });
  await kernel.first(id, "execute_input");
  await delay(250);
  const { reply } = await kernel.interrupt(id);
  expect(reply).toMatchObject({ status: "error", ename: "Interrupted" });
  const next = await kernel.run("kept += 1; console.log(kept > 41)");
  expect(next).toMatchObject({ reply: { status: "ok" }, text: "true\n" });
});

test("without a running cell nothing happens", async () => {
  expect(await kernel.reply(kernel.send("interrupt_request", {}, "control"))).toEqual({ status: "ok" });
  expect((await kernel.run('console.log("here")')).text).toBe("here\n");
});

test("what a cell left running ends by an interrupt when it holds the thread", async () => {
  const id = kernel.execute('setTimeout(() => { console.log("it holds"); for (;;); }, 10);');
  await kernel.first(id, "stream");
  const blocked = kernel.execute('console.log("free")');
  await delay(50);
  kernel.send("interrupt_request", {}, "control");
  const { reply, text } = await kernel.outcome(blocked);
  // The cell that waited may be interrupted with the loop, before it begins.
  if (reply["status"] === "ok") expect(text).toBe("free\n");
  else expect(reply).toMatchObject({ ename: "Interrupted" });
  expect((await kernel.run('console.log("here")')).text).toBe("here\n");
});

test("a cell that answers a prompt after an interrupted prompt gets its own answer", async () => {
  const first = kernel.execute('prompt("first")', { allow_stdin: true });
  const stale = await kernel.first(first, "input_request");
  await kernel.interrupt(first);
  const second = kernel.execute('console.log(prompt("second"))', { allow_stdin: true });
  const question = await kernel.first(second, "input_request");
  kernel.send("input_reply", { value: "stale" }, "stdin", stale.header);
  kernel.send("input_reply", { value: "Zoé" }, "stdin", question.header);
  expect((await kernel.outcome(second)).text).toBe("Zoé\n");
});

test("twenty interrupts at any moment, while compiling too, leave a kernel that knows its names", async () => {
  let random = 12345;
  for (let i = 0; i < 20; i++) {
    random = (random * 1103515245 + 12345) % 2 ** 31;
    const types = Array.from(
      { length: random % 40 },
      (_, j) => `type T${i}_${j} = { [K in "a" | "b"]: T${i}_${j}[] };`,
    );
    const id = kernel.execute(
      `${types.join("\n")}\nlet name${i} = ${i};\n${i % 2 ? "while (true) await 1;" : "for (;;);"}`,
    );
    await delay(random % 97);
    kernel.send("interrupt_request", {}, "control");
    await delay(random % 23);
    kernel.send("interrupt_request", {}, "control");
    await kernel.interrupt(id);
  }
  const { reply, text } = await kernel.run("const after = kept; console.log(after > 40)");
  expect(reply).toMatchObject({ status: "ok" });
  expect(text).toBe("true\n");
}, 60_000);

test("async contexts of the notebook's own are whole after interrupts", async () => {
  const create = `import { AsyncLocalStorage } from "node:async_hooks";
    const storage = new AsyncLocalStorage<string>();`;
  const loop = await kernel
    .run(create)
    .then(() => kernel.execute('await storage.run("a", async () => { while (true) await 1; });'));
  await delay(150);
  await kernel.interrupt(loop);
  const { text } = await kernel.run(
    'await storage.run("b", async () => { await 1; console.log(storage.getStore()); });',
  );
  expect(text).toBe("b\n");
  expect((await kernel.run("console.log(storage.getStore());")).text).toBe("undefined\n");
});

test("a signal interrupts too, though a loop holds the thread", async (context) => {
  if (process.platform === "win32") context.skip("Windows has no such signals");
  const id = kernel.execute("for (;;);");
  await kernel.first(id, "execute_input");
  await delay(100);
  kernel.process.kill("SIGINT");
  expect(await kernel.reply(id)).toMatchObject({ ename: "Interrupted" });
});
