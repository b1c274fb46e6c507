// On the real kernel, in processes of their own: however it is told to end, it ends, and says what it has to say before.
import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { buildKernel } from "../fixtures/built-kernel.js";
import { Conversation } from "../fixtures/conversation.js";

const built = await buildKernel();
const started: Conversation[] = [];
afterEach(async () => {
  for (const kernel of started.splice(0)) await kernel.kill();
});
afterAll(() => built.remove());

async function start(options: ConstructorParameters<typeof Conversation>[1] = {}): Promise<Conversation> {
  const kernel = new Conversation(built.main, options);
  started.push(kernel);
  return kernel.ready();
}

/** Starts a cell that prints a line first, and returns once that has come: the cell runs. */
async function begin(kernel: Conversation, code: string): Promise<string> {
  const id = kernel.execute(`console.log("begun");\n${code}`);
  await kernel.first(id, "stream");
  return id;
}

const onWindows = process.platform === "win32";

describe("shutdown_request", () => {
  test.each([
    ["while a loop runs", "for (;;);"],
    [
      "with a timer and a handler that never end",
      'setInterval(() => {}, 1000);\nprocess.on("exit", () => { for (;;); });',
    ],
  ])("ends the process %s, after its reply", async (_, code) => {
    const kernel = await start();
    const cell = await begin(kernel, code);
    const id = kernel.send("shutdown_request", { restart: false }, "control");
    expect(await kernel.reply(id)).toEqual({ status: "ok", restart: false });
    await kernel.died;
    expect(await kernel.reply(cell)).toHaveProperty("status");
  });

  test("ends the process even when nobody reads what it prints", async () => {
    const kernel = await start();
    await begin(kernel, 'for (;;) console.log("x".repeat(1000));');
    kernel.pipe.pause();
    await delay(300);
    kernel.send("shutdown_request", {}, "control");
    await new Promise((resolve) => kernel.process.once("exit", resolve));
    kernel.pipe.resume();
  });
});

describe("process.exit", () => {
  test("is the cell's error, after all that it printed; the process ends with its code", async () => {
    const kernel = await start();
    const { reply, text } = await kernel.run(
      'for (let i = 0; i < 5000; i++) console.log("line", i);\nprocess.exit(3);',
    );
    expect(reply).toMatchObject({ status: "error", ename: "ProcessExit" });
    expect(reply["evalue"]).toBe("the cell called process.exit(3): the kernel ends");
    expect(text).toBe(Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join(""));
    expect((await kernel.died).code).toBe(3);
  });

  test("in a timer after the cell ends the process too", async () => {
    const kernel = await start();
    await kernel.run("setTimeout(() => process.exit(4), 50);");
    expect((await kernel.died).code).toBe(4);
  });
});

describe("the parent", () => {
  test("when it closes the pipe, the process ends, though a loop runs", async () => {
    const kernel = await start();
    await begin(kernel, "for (;;);");
    kernel.pipe.destroy();
    expect((await kernel.died).code).toBe(0);
  });

  test.skipIf(onWindows)(
    "of a Jupyter server, named in JPY_PARENT_PID, when it is gone the process ends (not on Windows)",
    async () => {
      const server = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
      const kernel = await start({ env: { JPY_PARENT_PID: String(server.pid) } });
      await begin(kernel, "for (;;);");
      server.kill("SIGKILL");
      expect((await kernel.died).code).toBe(0);
    },
  );

  test.skipIf(onWindows)(
    "is told of the end though a program that a cell started lives on (not on Windows)",
    async () => {
      const kernel = await start();
      const code = `import { spawn } from "node:child_process";
      const child = spawn("sleep", ["600"], { stdio: "ignore", detached: true });
      child.unref();
      console.log(child.pid);`;
      const { text } = await kernel.run(code);
      try {
        const closed = new Promise((resolve) => kernel.pipe.once("close", resolve));
        await kernel.shutdown();
        await closed;
        expect(() => process.kill(Number(text), 0)).not.toThrow();
      } finally {
        process.kill(Number(text), "SIGKILL");
      }
    },
  );
});

test.skipIf(onWindows)("SIGTERM ends the process cleanly though a loop holds the thread (not on Windows)", async () => {
  const kernel = await start();
  const id = await begin(kernel, "for (;;);");
  kernel.process.kill("SIGTERM");
  expect(await kernel.died).toEqual({ code: 0, signal: null });
  expect((await kernel.outcome(id)).text).toBe("begun\n");
});

describe("what is no message", () => {
  test("is passed over with a line on stderr, and the next message is served", async () => {
    const kernel = await start();
    for (const line of [
      "nonsense",
      "{}",
      '{"channel":"shell","header":{"msg_id":"1"}}',
      '{"channel":"news","header":{}}',
    ]) {
      kernel.pipe.write(`${line}\n`);
    }
    kernel.send("execute_reply");
    kernel.send("strange_request", {}, "iopub");
    expect((await kernel.run('console.log("here")')).text).toBe("here\n");
    await expect
      .poll(() => kernel.stderr.trim().split("\n"), { timeout: 10_000 })
      .toEqual([
        "retroprop kernel: a message was passed over: a line that is not JSON",
        expect.stringContaining("its `channel` is none we know"),
        expect.stringContaining("its header has no `msg_type`"),
        expect.stringContaining("its `channel` is none we know"),
        expect.stringContaining("execute_reply: we know no such message"),
        expect.stringContaining("strange_request: nothing is received on iopub"),
      ]);
  });

  test.each([
    [[], "usage: main.js (--connection-file FILE | --pipe)"],
    [["--connection-file", "none.json"], "none.json: cannot be read as a Jupyter connection file"],
    [["--pipe"], "cannot listen: descriptor 3 is no pipe"],
  ])("a command line like %j is refused by one line", async (args, message) => {
    const child = spawn(process.execPath, [built.main, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += String(chunk);
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(args[0] === "--pipe" ? 1 : 2);
    expect(stderr).toMatch(/^retroprop kernel: .*\n$/);
    expect(stderr).toContain(message);
  });
});
