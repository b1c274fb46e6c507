// On the real kernel, over ZeroMQ: what is particular to that transport. Skipped, and said, where `zeromq` does not load.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { kernelFlags } from "../client/kernel-command.js";
import { buildKernel } from "../fixtures/built-kernel.js";
import { countedFlood } from "../fixtures/counted-flood.js";
import { type Connection, proposeConnection, removeConnectionFile, writeConnectionFile } from "./connection.js";
import { type JupyterMessage, newHeader } from "./jupyter-message.js";
import { decodeFrames, encodeFrames } from "./wire.js";

type Zeromq = typeof import("zeromq");
const zeromq: Zeromq | undefined = await import("zeromq").catch(() => undefined);
if (zeromq === undefined) console.warn("zeromq does not load here: the kernel is not tested over ZeroMQ.");

describe.skipIf(zeromq === undefined)("over ZeroMQ (skipped where zeromq does not load)", () => {
  const { Dealer, Request, Subscriber } = zeromq as Zeromq;
  let built: Awaited<ReturnType<typeof buildKernel>>;
  const flood = countedFlood("zeromq");
  let connection: Connection;
  let file = "";
  let kernel: ReturnType<typeof startKernel> | undefined;
  let shell: InstanceType<Zeromq["Dealer"]>;
  let control: InstanceType<Zeromq["Dealer"]>;
  let iopub: InstanceType<Zeromq["Subscriber"]>;
  const address = (port: number) => `tcp://127.0.0.1:${port}`;

  beforeAll(async () => {
    built = await buildKernel();
  });
  beforeEach(async () => {
    if (kernel?.process.exitCode !== null) await openKernel();
  });
  afterAll(async () => {
    await close();
    flood.remove();
    built?.remove();
  });

  /** Another program may take a port before the kernel does: then it is tried again with others. */
  async function openKernel(): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      await close();
      connection = await proposeConnection();
      file = writeConnectionFile(connection);
      kernel = startKernel(file);
      openSockets();
      if (await Promise.race([isHeard(), kernel.exited.then(() => false)])) return;
    }
    throw new Error(`the kernel ends instead of answering: ${kernel?.words.stderr}`);
  }

  function openSockets(): void {
    [shell, control, iopub] = [new Dealer(), new Dealer(), new Subscriber()];
    iopub.receiveHighWaterMark = 10; // a slow reader, when we do not read
    iopub.subscribe();
    shell.connect(address(connection.shell_port));
    control.connect(address(connection.control_port));
    iopub.connect(address(connection.iopub_port));
  }

  /** True once it has been heard on shell and on iopub, which may connect later. */
  async function isHeard(): Promise<true> {
    iopub.receiveTimeout = 100;
    for (let heard = false; !heard; ) {
      await ask("kernel_info_request");
      heard = await iopub.receive().then(
        () => true,
        () => false,
      );
    }
    iopub.receiveTimeout = -1;
    return true;
  }

  async function close(): Promise<void> {
    for (const socket of [shell, control, iopub]) socket?.close();
    kernel?.process.kill("SIGKILL");
    await kernel?.exited;
    removeConnectionFile(file);
  }

  function startKernel(connectionFile: string) {
    const child: ChildProcess = spawn(
      process.execPath,
      [...kernelFlags, built.main, "--connection-file", connectionFile],
      {
        stdio: ["ignore", "inherit", "pipe"],
      },
    );
    const words = { stderr: "" };
    child.stderr?.on("data", (chunk) => {
      words.stderr += String(chunk);
    });
    return { process: child, words, exited: new Promise((resolve) => child.once("close", resolve)) };
  }

  function request(type: string, content: JupyterMessage["content"] = {}) {
    const message = {
      channel: "shell",
      header: newHeader(type, "t"),
      parent_header: {},
      metadata: {},
      content,
    } as const;
    return { id: message.header.msg_id, frames: encodeFrames(message, connection.key) };
  }

  /** Sends a request on shell and returns its reply. */
  async function ask(type: string, content: JupyterMessage["content"] = {}): Promise<JupyterMessage["content"]> {
    const { id, frames } = request(type, content);
    await shell.send(frames);
    for (;;) {
      const { message } = decodeFrames(await shell.receive(), "shell", connection.key);
      if (message.parent_header.msg_id === id) return message.content;
    }
  }

  /** Reads what is published until the cell is idle; returns all that it printed. */
  async function readText(id: string): Promise<string> {
    const texts: unknown[] = [];
    for (;;) {
      const { header, parent_header, content } = decodeFrames(await iopub.receive(), "iopub", connection.key).message;
      if (parent_header.msg_id !== id) continue;
      if (header.msg_type === "stream") texts.push(content["text"]);
      if (content["execution_state"] === "idle") return texts.join("");
    }
  }

  test("is ready, and its heart beats", async () => {
    expect(await ask("kernel_info_request")).toMatchObject({ status: "ok", protocol_version: "5.3" });
    const heartbeat = new Request();
    heartbeat.connect(address(connection.hb_port));
    await heartbeat.send("ping");
    expect(String((await heartbeat.receive())[0])).toBe("ping");
    heartbeat.close();
  });

  test("does not obey what is not signed with its key, or comes a second time", async () => {
    const saidBefore = kernel!.words.stderr.length;
    const message = request("shutdown_request").frames;
    await shell.send(message.with(1, Buffer.from("0".repeat(64))));
    await shell.send(["noise"]);
    const repeated = request("kernel_info_request");
    await shell.send(repeated.frames);
    await shell.send(repeated.frames);
    expect(await ask("comm_info_request")).toEqual({ status: "ok", comms: {} });
    await expect
      .poll(() => kernel!.words.stderr.slice(saidBefore).trim().split("\n"), { timeout: 20_000 })
      .toEqual([
        "retroprop kernel: a message was passed over: shell: its signature is not made with our key",
        "retroprop kernel: a message was passed over: shell: its frames are incomplete",
        "retroprop kernel: a message was passed over: shell: it came before, signature for signature",
      ]);
  });

  test("loses nothing for a slow reader, nor keeps it all in memory; an interrupt gets through meanwhile", async () => {
    const { id, frames } = request("execute_request", { code: flood.code });
    await shell.send(frames);
    await expect.poll(() => flood.isStill(), { timeout: 20_000 }).toBe(true);
    expect(flood.printed()).toBeLessThan(64e6);
    await control.send(request("interrupt_request").frames);
    const lines = (await readText(id)).split("\n");
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines.findIndex((line, i) => i < lines.length - 1 && !line.startsWith(`line ${i} x`))).toBe(-1);
    expect(lines.at(-1)).toBe("");
  }, 60_000);

  test("a port that another program has taken is said in one line, and the process ends", async () => {
    const taken = await proposeConnection();
    const server = createServer().listen(taken.stdin_port, "127.0.0.1");
    await once(server, "listening");
    const path = writeConnectionFile(taken);
    const second = startKernel(path);
    try {
      expect(await second.exited).toBe(1);
      expect(second.words.stderr).toMatch(/^retroprop kernel: cannot listen: .*in use.*\n$/);
    } finally {
      second.process.kill("SIGKILL");
      server.close();
      removeConnectionFile(path);
    }
  }, 120_000);

  test("its last messages are delivered before the process ends", async () => {
    const { id, frames } = request("execute_request", {
      code: 'console.log("z".repeat(5_000_000));\nprocess.exit(5);',
    });
    await shell.send(frames);
    expect(await readText(id)).toHaveLength(5_000_001);
    expect(await kernel!.exited).toBe(5);
  });
});
