import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { proposeConnection } from "../protocol/connection.js";
import { startTslabKernel } from "./tslab-kernel.js";

test("ports taken by another program meanwhile are changed for others; no connection file is left", async () => {
  const other = createServer((socket) => socket.destroy());
  await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
  const { port } = other.address() as { port: number };
  let proposals = 0;
  const kernel = await startTslabKernel({ folder: tmpdir() }, async () => {
    const connection = await proposeConnection();
    return ++proposals === 1 ? { ...connection, shell_port: port } : connection;
  });
  expect(proposals).toBe(2);
  expect(await kernel.execute("1", { onOutput() {} })).toBe("ok");
  await kernel.shutdown();
  await new Promise((closed) => other.close(closed));
  expect(() => process.kill(kernel.pid, 0)).toThrow("ESRCH");
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`retroprop-kernel-${process.pid}-`))).toEqual([]);
}, 120_000);

test("a start that is given up leaves no process", async () => {
  const stop = new AbortController();
  const started = startTslabKernel({ folder: tmpdir(), signal: stop.signal });
  stop.abort(new Error("given up"));
  await expect(started).rejects.toThrow("given up");
}, 120_000);

test("a folder that is not there is an error, not a wait", async () => {
  await expect(startTslabKernel({ folder: "/no/such/folder" })).rejects.toThrow(
    /could not be started \(spawn .* ENOENT\)/,
  );
}, 120_000);

test("what a cell prints arrives whole, however much the cells before it have printed", async () => {
  const kernel = await startTslabKernel({ folder: tmpdir() });
  const printed: number[] = [];
  for (let cell = 0; cell < 6; cell++) {
    let text = "";
    const code = "for (let i = 0; i < 250; i++) console.log(i);";
    const outcome = await kernel.execute(code, {
      onOutput(output) {
        if (output.type === "stream") text += output.text;
      },
    });
    expect(outcome).toBe("ok");
    printed.push(text.trim().split("\n").length);
  }
  await kernel.shutdown();
  expect(printed).toEqual([250, 250, 250, 250, 250, 250]);
}, 120_000);
