// On the real kernel: whatever a cell prints arrives, whole and in order, before its end, in a memory that stays small.
import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildKernel } from "../fixtures/built-kernel.js";
import { Conversation } from "../fixtures/conversation.js";

const built = await buildKernel();
let kernel: Conversation;
beforeAll(async () => {
  kernel = await new Conversation(built.main).ready();
});
afterAll(async () => {
  await kernel?.kill();
  built.remove();
});

test("a hundred thousand lines arrive in order, joined to some tens of messages", async () => {
  const { text, outputs } = await kernel.run('for (let i = 0; i < 100_000; i++) console.log("line", i);');
  expect(text).toBe(Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`).join(""));
  expect(outputs.length).toBeLessThan(1000);
});

test("twenty million characters arrive, in one line and in many", async () => {
  const { text } = await kernel.run('for (let i = 0; i < 200; i++) console.log("é".repeat(100_000));');
  expect(text).toBe(`${"é".repeat(100_000)}\n`.repeat(200));
  expect((await kernel.run('console.log("y".repeat(20_000_000));')).text).toHaveLength(20_000_001);
});

test("stdout and stderr keep their order, and the reply comes last", async () => {
  const id = kernel.execute('for (let i = 0; i < 50; i++) { console.log("o" + i); console.error("e" + i); }');
  await kernel.reply(id);
  const own = kernel.heard.filter(({ parent_header }) => parent_header.msg_id === id);
  const printed = own.filter(({ header }) => header.msg_type === "stream").map(({ content }) => content["text"]);
  expect(printed.join("")).toBe(Array.from({ length: 50 }, (_, i) => `o${i}\ne${i}\n`).join(""));
  expect(own.slice(-2).map(({ header }) => header.msg_type)).toEqual(["execute_reply", "status"]);
});

test("what is printed late goes to the cell that caused it, while another runs and when none does", async () => {
  const first = kernel.execute(
    'const wait = (ms: number) => new Promise((r) => setTimeout(r, ms));\nvoid wait(150).then(() => console.log("late 1"));',
  );
  const second = kernel.execute('void wait(500).then(() => console.log("late 2"));\nawait wait(300);');
  await kernel.reply(second);
  await kernel.first(second, "stream");
  expect([(await kernel.outcome(first)).text, (await kernel.outcome(second)).text]).toEqual(["late 1\n", "late 2\n"]);
});

const residentMb = (pid: number) => Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])) / 1024;

test("with a reader that stops, a flood waits instead of filling the memory, and can be interrupted", async (context) => {
  if (process.platform === "win32") context.skip("Windows has no `ps`");
  const before = residentMb(kernel.pid);
  kernel.pipe.pause();
  const id = kernel.execute('for (;;) console.log("x");');
  await delay(2500);
  expect(residentMb(kernel.pid) - before).toBeLessThan(150);
  kernel.send("interrupt_request", {}, "control");
  await delay(100);
  kernel.pipe.resume();
  expect(await kernel.reply(id)).toMatchObject({ ename: "Interrupted" });
  expect((await kernel.run('console.log("here")')).text).toBe("here\n");
});
