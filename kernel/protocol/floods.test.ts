// On the real kernel: whatever a cell prints arrives, whole and in order, before its end, in a memory that stays small.
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildKernel } from "../fixtures/built-kernel.js";
import { Conversation } from "../fixtures/conversation.js";
import { countedFlood } from "../fixtures/counted-flood.js";

const built = await buildKernel();
const flood = countedFlood("pipe");
let kernel: Conversation;
beforeAll(async () => {
  kernel = await new Conversation(built.main).ready();
});
afterAll(async () => {
  await kernel?.kill();
  flood.remove();
  built.remove();
});

test("a hundred thousand lines arrive in order, joined to some tens of messages", async () => {
  const { text, outputs } = await kernel.run('for (let i = 0; i < 100_000; i++) console.log("line", i);');
  expect(text).toBe(Array.from({ length: 100_000 }, (_, i) => `line ${i}\n`).join(""));
  // One every 20 ms, however long it takes, and some for their size.
  expect(outputs.length).toBeLessThan(2000);
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

test("with a reader that stops, a flood waits instead of filling the memory, and can be interrupted", async () => {
  const id = kernel.execute(flood.code);
  await kernel.first(id, "stream");
  kernel.pipe.pause();
  await expect.poll(() => flood.isStill(), { timeout: 20_000 }).toBe(true);
  expect(flood.printed()).toBeLessThan(32e6);
  kernel.send("interrupt_request", {}, "control");
  await delay(100);
  kernel.pipe.resume();
  expect(await kernel.reply(id)).toMatchObject({ ename: "Interrupted" });
  expect((await kernel.run('console.log("here")')).text).toBe("here\n");
}, 60_000);
