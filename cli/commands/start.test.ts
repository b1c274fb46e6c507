// `retroprop start` as a process of its own with real kernels, built from the sources; its options in this process.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { buildKernel } from "../../kernel/fixtures/built-kernel.js";
import { executeRequest } from "../../lab/server/fixtures/fake-kernel.js";
import { isState, openPage } from "../../lab/server/fixtures/open-page.js";
import { CliError } from "../command.js";
import { courseRoot } from "../course-root.js";
import { browserCommand } from "../open-browser.js";
import type { Terminal } from "../terminal.js";
import { createStartCommand } from "./start.js";

const built = await buildKernel();
const folder = realpathSync.native(mkdtempSync(join(tmpdir(), "retroprop début ")));
// In node_modules, where the packages are found that stay outside.
const programFolder = mkdtempSync(join(courseRoot, "node_modules", ".retroprop-start-test-"));
const program = join(programFolder, "start.mjs");
const running = new Set<ChildProcess>();

beforeAll(async () => {
  const notebook = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };
  mkdirSync(join(folder, "notebooks"));
  writeFileSync(join(folder, "notebooks/tp1.ipynb"), JSON.stringify(notebook));
  mkdirSync(join(folder, "bundle"));
  writeFileSync(join(folder, "bundle/page.js"), "");
  const contents = `
    import { createStartCommand } from "./cli/commands/start.ts";
    import { createTerminal } from "./cli/terminal.ts";
    import { startRelayedKernel } from "./kernel/client/relayed-kernel.ts";
    const none = { pid: 0, died: new Promise(() => {}), send() {}, end: async () => {} };
    const start = createStartCommand({
      bundle: ${JSON.stringify(join(folder, "bundle"))},
      startKernel: (folder, onMessage) =>
        process.env.NO_KERNEL ? none : startRelayedKernel({ folder }, onMessage, ${JSON.stringify(built.main)}),
      openAnalysis: () => ({ analyse: async () => ({ cells: [] }), close() {} }),
      openBrowser: (address) => console.log("opens", address),
    });
    process.exitCode = await start.run(process.argv.slice(2), createTerminal());`;
  await build({
    stdin: { contents, resolveDir: courseRoot, loader: "ts" },
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  rmSync(programFolder, { recursive: true, force: true });
  built.remove();
});

/** Starts the command; `said` is all that it has printed. */
function startProgram(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [program, ...args, "--folder", folder], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  running.add(child);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ended, said: () => text };
}

interface Started extends ReturnType<typeof startProgram> {
  readonly url: URL;
  readonly server: { readonly port: number; readonly token: string };
}

/** For tests that run no cell: a kernel takes the processor for a second. */
const noKernel = { NO_KERNEL: "1" };

async function startServer(args: readonly string[], env = {}): Promise<Started> {
  const started = startProgram(args, env);
  await vi.waitFor(() => expect(started.said()).toMatch(/token=\S+\s/), { timeout: 60_000, interval: 20 });
  const url = new URL(/http:\S+token=\S+/.exec(started.said())![0]);
  return {
    ...started,
    url,
    server: { port: Number(url.port), token: url.searchParams.get("token")! } as Started["server"],
  };
}

/** Runs an endless loop in the notebook's kernel; resolves with the kernel's pid. */
async function runEndlessly({ server }: Started): Promise<number> {
  const headers = { authorization: `token ${server.token}` };
  const body = JSON.stringify({ path: "notebooks/tp1.ipynb", type: "notebook" });
  const response = await fetch(`http://127.0.0.1:${server.port}/api/sessions`, { method: "POST", headers, body });
  const { kernel } = (await response.json()) as { kernel: { id: string } };
  const page = await openPage({ server } as Parameters<typeof openPage>[0], kernel.id, "test", { binary: true });
  const request = executeRequest("test");
  const code = "console.log(process.cwd(), 'pid', process.pid);\nfor (;;);";
  page.send({ ...request, content: { code, silent: false, store_history: true } });
  const { content } = await page.hears(({ header }) => header.msg_type === "stream");
  expect(page.heard.some(isState("busy"))).toBe(true);
  expect(content["text"]).toContain(join(folder, "notebooks"));
  void page.close();
  return Number(/pid (\d+)/.exec(String(content["text"]))![1]);
}

const isGone = (pid: number) => vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 20_000);

describe.skipIf(process.platform === "win32")("the server (skipped on Windows, which has no signals)", () => {
  test("opens the browser by a ticket, runs cells in the notebook's folder, and ends with its kernels at Ctrl-C", async () => {
    const started = await startServer(["tp1"]);
    expect(started.url.pathname).toBe("/notebooks/notebooks/tp1.ipynb");
    const opened = await vi.waitFor(() => /opens (\S+)\s/.exec(started.said())![1]!, 20_000);
    expect(opened).not.toContain(started.server.token);
    expect((await fetch(opened, { redirect: "manual" })).status).toBe(303);
    const kernel = await runEndlessly(started);
    started.child.kill("SIGINT");
    expect(await started.ended).toBe(0);
    expect(started.said()).toContain("Rétroprop est arrêté ; aucun noyau ne tourne plus.");
    await isGone(kernel);
  }, 120_000);

  test("killed outright leaves no kernel; started again it has the same port, and another secret", async () => {
    const first = await startServer(["--no-open"]);
    const kernel = await runEndlessly(first);
    first.child.kill("SIGKILL");
    await first.ended;
    await isGone(kernel);
    const second = await startServer(["--no-open"], noKernel);
    expect(second.url.port).toBe(first.url.port);
    expect(second.server.token).not.toBe(first.server.token);
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  }, 120_000);

  test("is started once for a folder: a second start says where it runs, and opens that", async () => {
    const first = await startServer(["--no-open"], noKernel);
    const second = startProgram(["tp1"], noKernel);
    expect(await second.ended).toBe(0);
    expect(second.said()).toContain(
      `http://127.0.0.1:${first.url.port}/notebooks/notebooks/tp1.ipynb?token=${first.server.token}`,
    );
    const [, opened] = /opens (\S+)/.exec(second.said())!;
    expect((await fetch(opened!, { redirect: "manual" })).status).toBe(303);
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
  }, 120_000);

  test("does not show its secret to who has taken its port", async () => {
    const seen: string[] = [];
    const thief = createServer((socket) => {
      socket.on("error", () => {}); // whoever asks may leave in the middle of the answer
      socket.on("data", (chunk) => {
        seen.push(chunk.toString());
        socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"proof":"x"}');
      });
    });
    await new Promise<void>((resolve) => thief.listen(0, "127.0.0.1", resolve));
    const { port } = thief.address() as { port: number };
    const token = "s".repeat(32);
    mkdirSync(join(folder, ".retroprop"), { recursive: true });
    writeFileSync(join(folder, ".retroprop/server.json"), JSON.stringify({ port, token }));
    const started = await startServer(["--no-open"], noKernel);
    thief.close();
    expect(started.server.port).not.toBe(port);
    expect(seen.join("")).toContain("/api/retroprop/proof");
    expect(seen.join("")).not.toContain(token);
    expect(JSON.parse(readFileSync(join(folder, ".retroprop/server.json"), "utf8"))).toEqual(started.server);
  }, 120_000);
});

describe("wrong usage is told in one line", () => {
  const command = createStartCommand({
    bundle: "",
    startKernel: () => {
      throw new Error("no kernel is started");
    },
    openAnalysis: () => ({ analyse: async () => ({ cells: [] }), close() {} }),
    openBrowser() {},
  });
  const silent: Terminal = {
    print() {},
    warn() {},
    style: (_, text) => text,
    progress: () => ({ update() {}, end() {} }),
  };

  test.each([
    [["--ports", "1"], "Unknown option '--ports'"],
    [["--port", "x"], '--port: expected a port from 1 to 65535, or 0 for any that is free, got "x"'],
    [["--port", "65536"], "--port: expected a port"],
    [["--port", ""], "--port: expected a port"],
    [["tp1", "tp2"], "one notebook at a time"],
    [["tp9"], `there is no notebook ${join(folder, "notebooks", "tp9.ipynb")}`],
    [["none.ipynb"], "there is no notebook"],
    [[join(courseRoot, "notebooks", "tp1.ipynb")], "name its folder with --folder"],
  ])("%j", async (args, message) => {
    const error = await command.run([...args, "--folder", folder], silent).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });

  test("so are a folder that is not there and a port that is taken", async () => {
    const fail = (...args: string[]) => command.run(args, silent).catch((thrown: unknown) => thrown);
    expect(await fail("--folder", join(folder, "none"))).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("there is no folder"),
    });
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((listening) => other.once("listening", listening));
    const { port } = other.address() as { port: number };
    const error = await fail("--folder", join(folder, "notebooks"), "--port", String(port));
    other.close();
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining(`port ${port} is in use`) });
  });
});

test.each([
  ["linux", {}, undefined],
  ["linux", { DISPLAY: ":0" }, ["xdg-open"]],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, ["xdg-open"]],
  ["darwin", {}, ["open"]],
  ["win32", {}, ["rundll32", "url.dll,FileProtocolHandler"]],
] as const)("on %s with %j the browser is opened by %j", (platform, env, command) => {
  expect(browserCommand(platform, env)).toEqual(command);
});
