// What keeps a kernel from starting. Real conversations: lab/server/kernels/installed-kernel.test.ts.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { newHeader } from "../protocol/jupyter-message.js";
import { KernelError } from "./kernel.js";
import type { InstalledKernel } from "./kernelspecs.js";
import { loadZeromq } from "./message-sockets.js";
import { type RelayParts, startRelayedZeromqKernel } from "./relayed-zeromq-kernel.js";

const folder = mkdtempSync(join(tmpdir(), "retroprop noyau é "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const hasZeromq = await loadZeromq().then(
  () => true,
  () => false,
);
if (!hasZeromq) console.warn("skipped: commands of kernels that do not start (zeromq does not load here: npm ci)");

const kernelFiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`retroprop-kernel-${process.pid}-`));
const nobodyListens = () => {};

function start(argv: readonly [string, ...string[]], parts: RelayParts = {}) {
  const kernel: InstalledKernel = {
    name: "other",
    displayName: "Other",
    language: "none",
    argv,
    interruptMode: "signal",
    env: {},
    folder: "/kernels/other",
  };
  return startRelayedZeromqKernel(kernel, folder, nobodyListens, parts);
}

test("without zeromq a kernel is dead, and says what to do; what is asked of it then harms nobody", async () => {
  const load = () => Promise.reject(new KernelError("zeromq does not load: run `npm ci` again"));
  const kernel = start([process.execPath], { load });
  const death = { exitCode: null, signal: null, lastWords: "zeromq does not load: run `npm ci` again" };
  expect(await kernel.died).toEqual(death);
  kernel.send({ channel: "shell", header: newHeader("x", "s"), parent_header: {}, metadata: {}, content: {} });
  kernel.interrupt();
  await kernel.end();
});

test.skipIf(!hasZeromq)("a command that is not there is a death that names it (skipped without zeromq)", async () => {
  const { exitCode, signal, lastWords } = await start([join(folder, "no such program")]).died;
  expect([exitCode, signal]).toEqual([null, null]);
  expect(lastWords).toMatch(/no such program` does not start: .*remove \/kernels\/other\n.*ENOENT/);
  expect(kernelFiles()).toEqual([]);
});

test.skipIf(!hasZeromq)(
  "a command that ends before it answers tells its own reason (skipped without zeromq)",
  async () => {
    const program = "console.error('No module named ipykernel'); process.exit(1)";
    const { exitCode, lastWords } = await start([process.execPath, "-e", program]).died;
    expect(exitCode).toBeNull();
    expect(lastWords).toMatch(/ended at once \(exit code 1\)[\s\S]*No module named ipykernel/);
    expect(kernelFiles()).toEqual([]);
  },
);

test.skipIf(!hasZeromq)(
  "a command that never answers is given up; no interrupt ends it before (skipped without zeromq)",
  async () => {
    const kernel = start([process.execPath, "-e", "setInterval(() => {}, 1000)"], { limitMs: 500 });
    await vi.waitFor(() => expect(kernel.pid).toBeGreaterThan(0), { timeout: 20_000, interval: 5 });
    kernel.interrupt();
    expect((await kernel.died).lastWords).toMatch(/did not answer/);
    expect(() => process.kill(kernel.pid, 0)).toThrow("ESRCH");
    expect(kernelFiles()).toEqual([]);
  },
);

test("one that is ended while it starts never runs", async () => {
  const kernel = start([process.execPath, "-e", "setInterval(() => {}, 1000)"]);
  await kernel.end();
  expect(kernel.pid).toBe(0);
  expect(kernelFiles()).toEqual([]);
});
