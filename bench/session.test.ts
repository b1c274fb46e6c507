import { afterEach, expect, test, vi } from "vitest";
import { Session } from "./session.js";

vi.setConfig({ testTimeout: 90_000 });

/** In seconds: ends what hangs. */
const patience = 60;

const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.close();
});

/** A competitor whose whole program is `code`. */
function competitor(code: string, threads?: number): Session {
  const session = new Session(process.execPath, ["-e", code], threads);
  open.push(session);
  return session;
}

const answersWith = (line: string) => `process.stdin.on("data", () => console.log(${JSON.stringify(line)}));`;

test("what a competitor says of itself is its first line of JSON; others are chatter", async () => {
  const session = competitor('console.log("welcome!"); console.log(JSON.stringify({ version: "1.0", losses: [2.3] }))');
  expect(await session.hello(patience)).toEqual({ version: "1.0", losses: [2.3] });
});

test("a rate is asked for by a number of seconds", async () => {
  const session = competitor(
    'process.stdin.on("data", (line) => console.log(JSON.stringify({ rate: 10 * Number(line) })))',
  );
  expect(await session.rate(0.5, patience)).toBe(5);
  expect(await session.rate(2, patience)).toBe(20);
});

test("a competitor is told how many threads it may use", async () => {
  const session = competitor("console.log(JSON.stringify({ version: process.env.OMP_NUM_THREADS }))", 2);
  expect(await session.hello(patience)).toEqual({ version: "2" });
});

test("one that says nothing is given up after a time", async () => {
  await expect(competitor("setInterval(() => {}, 1000)").hello(0.2)).rejects.toThrow("it gave no answer in 0.2 s");
});

test("one that dies leaves its last error", async () => {
  const session = competitor('throw new TypeError("no such backend")');
  await expect(session.hello(patience)).rejects.toThrow("it ended: TypeError: no such backend");
});

test("an error that comes after the end of all else is its last one too", async () => {
  const session = competitor('fs.closeSync(1); setTimeout(() => { throw new TypeError("too late") }, 100)');
  await expect(session.hello(patience)).rejects.toThrow("it ended: TypeError: too late");
});

test("one that dies while it is measured is a failure, not an end of the benchmark", async () => {
  const session = competitor('console.log(JSON.stringify({ version: "1.0" })); process.exit(3)');
  await session.hello(patience);
  await expect(session.rate(1, patience)).rejects.toThrow("it ended: without a word");
});

test("a program that is not there is a failure as well", async () => {
  const session = new Session("no-such-program-here", []);
  await expect(session.hello(patience)).rejects.toThrow(/it ended: .*ENOENT/);
});

test.each(['{"rate":0}', '{"rate":null}', "{}"])("%s is no rate", async (line) => {
  await expect(competitor(answersWith(line)).rate(1, patience)).rejects.toThrow("expected a number above 0");
});
