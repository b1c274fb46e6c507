// A hostile program, run in each layer before any submission: tries what a sandbox must hold and tells what happened.
// It does not go through the harness: what it is refused, the layer itself refuses.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { connect } from "node:net";
import { ofTheSystem } from "../environment.js";
import type { Act, Order, Targets, Tried } from "./acts.js";

const channel = 3;

/** Each returns what it got, or throws. */
const attempts: Readonly<Record<Act, (targets: Targets) => Promise<string[]> | string[]>> = {
  read: ({ secretFile }) =>
    tryEach([
      ["the judge's file", () => readFileSync(secretFile)],
      ["/etc/passwd", () => readFileSync("/etc/passwd")],
      ["the home folders", () => readdirSync(process.platform === "darwin" ? "/Users" : "/home")],
    ]),
  environment: ({ judge }) => {
    const files = ["/proc/1/environ", `/proc/${judge}/environ`, `/proc/${process.ppid}/environ`];
    const seen = Object.entries(process.env).filter(([name, value]) => value !== "" && !setBySystem.includes(name));
    return [
      ...seen.map(([name]) => name),
      ...tryEach(files.map((file) => [file, () => refuseEmpty(readFileSync(file))])),
    ];
  },
  spawn: () =>
    tryEach([
      ["node", () => refuseFailure(spawnSync(process.execPath, ["-e", "0"]))],
      ["a shell", () => refuseFailure(spawnSync("/bin/sh", ["-c", "exit 0"]))],
    ]),
  network: ({ port }) => connects(port),
  signal: ({ judge, signal }) => tryEach([["the judge", () => process.kill(judge, signal)]]),
  memory: ({ megabytes }) => fill(megabytes),
  loop: () => {
    for (;;);
  },
  write: ({ folder }) =>
    tryEach([
      [`the judge's folder`, () => writeFileSync(`${folder}/written`, "x")],
      ["its own folder", () => writeFileSync(`${__dirname}/written`, "x")],
      ["/tmp", () => writeAndRemove(`/tmp/retroprop-canary-${process.pid}`)],
      ["/dev/shm", () => writeAndRemove(`/dev/shm/retroprop-canary-${process.pid}`)],
    ]),
};

/** Variables that systems give to every process. */
const setBySystem = [...ofTheSystem, "__CF_USER_TEXT_ENCODING", "_", "PWD"];

let lastRefusal = "";

function tryEach(attempts: readonly (readonly [what: string, attempt: () => unknown])[]): string[] {
  return attempts.flatMap(([what, attempt]) => {
    try {
      attempt();
      return [what];
    } catch (error) {
      lastRefusal = codeOf(error);
      return [];
    }
  });
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error).slice(0, 100);

function refuseEmpty(contents: Buffer): void {
  if (contents.length === 0) throw new Error("empty");
}

function refuseFailure({ error, status }: ReturnType<typeof spawnSync>): void {
  if (error !== undefined || status !== 0) throw error ?? new Error(`exit code ${status}`);
}

function writeAndRemove(file: string): void {
  writeFileSync(file, "x");
  rmSync(file);
}

function connects(port: number): Promise<string[]> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve([`127.0.0.1:${port}`]));
    socket.once("error", (error) => {
      lastRefusal = codeOf(error);
      resolve([]);
    });
  });
}

/** Memory that is only asked for is what a limit refuses; it need not be touched. */
function fill(megabytes: number): string[] {
  const held: Float32Array[] = [];
  try {
    while (held.length * 16 < megabytes) held.push(new Float32Array(4 * 2 ** 20));
    return [`${held.length * 16} MB`];
  } catch (error) {
    lastRefusal = `${String(error).slice(0, 100)} after ${held.length * 16} MB`;
    return [];
  }
}

async function attempt(act: Act, targets: Targets): Promise<Tried> {
  lastRefusal = "";
  try {
    const done = await attempts[act](targets);
    return { act, done, refusal: lastRefusal };
  } catch (error) {
    return { act, done: [], refusal: codeOf(error) };
  }
}

async function main(): Promise<void> {
  const order = Buffer.alloc(4096);
  const { acts, targets } = JSON.parse(order.toString("utf8", 0, readSync(channel, order))) as Order;
  for (const act of acts) writeSync(channel, `${JSON.stringify(await attempt(act, targets))}\n`);
  process.exit(0);
}

void main();
