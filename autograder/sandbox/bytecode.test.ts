import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { type Rehearsal, withBytecode } from "./bytecode.js";
import { layersHere } from "./fixtures/layers.js";
import { type Sandbox, usualLimits } from "./sandbox.js";

/** Answers one request with its length, and ends with its requests. */
const program = `
const fs = require("node:fs");
const measure = (text) => "à " + text.length + " lettres";
const bytes = Buffer.alloc(1000);
for (let count; (count = fs.readSync(3, bytes)) > 0; ) fs.writeSync(3, measure(bytes.toString("utf8", 0, count)));
process.exit(0);
`;

async function ask(sandbox: Sandbox, request: string): Promise<string> {
  const running = await sandbox.run(usualLimits, 0);
  running.requests.write(request);
  const [answer] = (await once(running.replies, "data")) as [Buffer];
  await running.kill();
  return answer.toString("utf8");
}

const rehearse: Rehearsal = async (sandbox) => {
  expect(await ask(sandbox, "the words of a rehearsal")).toBe("à 24 lettres");
};

const start = "script.runInThisContext()";

describe("a program with the bytecode of a rehearsal", () => {
  test.each(layersHere)("answers the same in $layer, and V8 knows its bytecode there", async ({ open }) => {
    const [text, data] = await withBytecode(program, rehearse);
    const telling = text.replace(start, `fs.writeSync(3, String(script.cachedDataRejected)); ${start}`);
    const [plain, told] = await Promise.all([open(text, data), open(`const fs = require("node:fs");${telling}`, data)]);
    try {
      expect(await ask(plain, "quatre")).toBe("à 6 lettres");
      expect(await ask(told, "quatre")).toMatch(/^false/);
    } finally {
      await Promise.all([plain.close(), told.close()]);
    }
  });

  test("holds nothing of what was rehearsed", async () => {
    const [, data] = await withBytecode(program, rehearse);
    expect(data!.includes("lettres")).toBe(true);
    expect(data!.includes("the words of a rehearsal")).toBe(false);
  });

  test("is the program as it was when nothing was rehearsed, or the rehearsal failed", async () => {
    expect(await withBytecode(program, async () => {})).toEqual([program]);
    expect(await withBytecode(program, () => Promise.reject(new Error("no solution")))).toEqual([program]);
  });

  test("is the program as it was when it did not end well", async () => {
    const broken = 'throw new Error("no");';
    const wait: Rehearsal = async (sandbox) => {
      const running = await sandbox.run(usualLimits, 0);
      await running.ended;
    };
    expect(await withBytecode(broken, wait)).toEqual([broken]);
  });
});
