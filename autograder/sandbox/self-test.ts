// Runs a hostile program in a layer and tells what it got away with: isolation is observed, never assumed.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bundle } from "./bundle.js";
import { type Act, type Order, quickActs, type Targets, type Tried } from "./canary/acts.js";
import type { Canary, Limits, ProcessEnd, Sandbox } from "./sandbox.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

export type OpenSandbox = (program: string) => Promise<Sandbox>;

/** The canaries as the text of one file. */
export const bundleCanaries = (): Promise<string> => bundle(new URL("./canary/program.js", import.meta.url));

/** One canary for each act, in the order of {@link Act}. Throws when the layer cannot run a program at all. */
export async function selfTest(open: OpenSandbox, program?: string): Promise<Canary[]> {
  const sandbox = await open(program ?? (await bundleCanaries()));
  const scene = await setScene();
  try {
    const [quick, memory, loop] = await Promise.all([
      observe(sandbox, 0, { acts: quickActs, targets: scene.targets }),
      observe(sandbox, 1, { acts: ["memory"], targets: scene.targets }),
      observe(sandbox, 2, { acts: ["loop"], targets: scene.targets }, loopMs),
    ]);
    return [...quickActs.map((act) => judge(act, quick, scene)), judgeMemory(memory), judgeLoop(loop)];
  } finally {
    scene.clear();
    await sandbox.close();
  }
}

/** Small, so that asking for more is quick. */
const limits: Limits = { heapMb: 64, dataMb: 300, cpuSeconds: 10, outputBytes: 2 ** 20 };
const askedMb = 2 * limits.dataMb;
const loopMs = 200;
const patienceMs = 10_000;

/** It does nothing to a process, and the judge hears it; Windows knows none such: there the canary asks whether it could. */
const harmless = process.platform === "win32" ? 0 : "SIGURG";

interface Scene {
  readonly targets: Targets;
  /** How many reached the judge; undefined where it hears none. */
  signals(): number | undefined;
  /** What reached the judge, whatever the canary says. */
  connections(): number;
  wasWritten(): boolean;
  clear(): void;
}

async function setScene(): Promise<Scene> {
  const folder = makeTemporaryFolder("canary");
  const secretFile = join(folder, "secret");
  writeFileSync(secretFile, "secret");
  let [connections, signals] = [0, 0];
  const hear = () => void signals++;
  if (harmless !== 0) process.on(harmless, hear);
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  }).unref();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    targets: { secretFile, folder, port, judge: process.pid, signal: harmless, megabytes: askedMb },
    signals: () => (harmless === 0 ? undefined : signals),
    connections: () => connections,
    wasWritten: () => existsSync(join(folder, "written")),
    clear() {
      if (harmless !== 0) process.off(harmless, hear);
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Observed {
  readonly tried: readonly Tried[];
  readonly end: ProcessEnd;
  readonly killed: boolean;
}

async function observe(sandbox: Sandbox, slot: number, order: Order, patience = patienceMs): Promise<Observed> {
  const running = await sandbox.run(limits, slot);
  const tried: Tried[] = [];
  createInterface({ input: running.replies })
    .on("line", (line) => tried.push(JSON.parse(line) as Tried))
    .on("error", () => {}); // it ended before it had read its order
  running.requests.write(JSON.stringify(order));
  let killed = false;
  const timer = setTimeout(() => {
    killed = true;
    void running.kill();
  }, patience);
  const end = await running.ended;
  clearTimeout(timer);
  return { tried, end, killed };
}

function judge(act: Act, { tried, end }: Observed, scene: Scene): Canary {
  const told = tried.find((one) => one.act === act);
  if (told === undefined) throw new Error(`the layer does not run a program: ${firstLine(end)}`);
  const done = act === "signal" && scene.signals() === 0 ? [] : [...told.done];
  if (act === "network" && scene.connections() > 0 && done.length === 0) done.push("a connection arrived");
  if (act === "write" && scene.wasWritten() && done.length === 0) done.push("a file was written");
  const held = done.length === 0;
  const refusal = told.refusal || "another process has the judge's number there";
  return { name: act, held, observed: held ? refusal : `got ${done.join(", ")}` };
}

/** Refused with an error, or ended: either holds. */
function judgeMemory({ tried: [told], end }: Observed): Canary {
  const held = told === undefined || told.done.length === 0;
  const observed = told === undefined ? `ended by ${end.signal ?? end.exitCode}` : told.refusal;
  return { name: "memory", held, observed: held ? observed : `got ${told.done.join(", ")} of ${limits.dataMb} MB` };
}

function judgeLoop({ killed, end }: Observed): Canary {
  const held = killed && end.signal === "SIGKILL";
  return { name: "loop", held, observed: held ? `killed after ${loopMs} ms` : `ended by itself: ${firstLine(end)}` };
}

const firstLine = ({ output, exitCode, signal }: ProcessEnd): string =>
  output.trim().split("\n")[0]?.slice(0, 200) || `it ended with ${signal ?? `exit code ${exitCode}`}`;
