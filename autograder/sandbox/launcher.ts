// Starts the processes of a class through a small process of its own. To start one the system copies what it knows of the
// memory of the process that asks: a judge with a compiler and a class in it waits ten times as long as this does.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { bundle } from "./bundle.js";
import { environmentOn } from "./environment.js";
import { killGroup, type Launch, launch, lingerMs, type StartProcess, talkingOn } from "./launch.js";
import type { News, Order } from "./launcher-process.js";
import type { Limits, ProcessEnd, SandboxProcess } from "./sandbox.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

export interface Launcher {
  readonly launch: StartProcess;
  /** Ends it, and what still runs. */
  close(): Promise<void>;
}

/** Where another way of starting processes is cheap already, or this one does not work, they start from here. */
const none: Launcher = { launch, close: async () => {} };

/** `text` is that of its program; who is bundled himself gives it. */
export async function openLauncher(text?: string): Promise<Launcher> {
  if (process.platform !== "linux") return none;
  const folder = makeTemporaryFolder("launcher");
  try {
    const program = join(folder, "launcher.cjs");
    writeFileSync(program, text ?? (await bundleLauncher()));
    return new LauncherProcess(folder, program, await listenIn(folder));
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return none;
  }
}

export const bundleLauncher = (): Promise<string> => bundle(new URL("./launcher-process.js", import.meta.url));

/**
 * Waits for connections to `channel` in this folder. Who is connected can ask the system for the name it was given: that
 * says nothing of the folder, nor of the judge.
 */
async function listenIn(folder: string): Promise<Server> {
  const descriptor = openSync(folder, "r");
  try {
    const server = createServer().unref();
    await once(server.listen(`/proc/self/fd/${descriptor}/${channelName}`), "listening");
    return server;
  } finally {
    closeSync(descriptor);
  }
}

class LauncherProcess implements Launcher {
  readonly #folder: string;
  readonly #server: Server;
  readonly #process: ChildProcess;
  readonly #starts = new Map<string, Start>();
  #isGone = false;

  constructor(folder: string, program: string, server: Server) {
    this.#folder = folder;
    this.#server = server;
    this.#process = spawn(process.execPath, ["--max-old-space-size=64", program], {
      ...{ cwd: folder, env: environmentOn(process.platform, process.env) },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      detached: true, // what a terminal tells the judge, to stop, is not for it
    });
    this.#process.on("message", (news) => this.#hear(news as News));
    for (const event of ["error", "exit"]) this.#process.once(event, () => this.#lose());
    server.on("connection", (channel) => this.#connect(channel));
    process.once("exit", this.#removeFolder);
    this.#process.unref();
    this.#keepUpWhileAsked();
  }

  /** What does not succeed there is tried, or refused, here. */
  readonly launch: StartProcess = async (what, limits) => {
    if (this.#isGone) return launch(what, limits);
    return this.#ask(what, limits).catch(() => launch(what, limits));
  };

  #ask(what: Launch, limits: Limits): Promise<SandboxProcess> {
    const token = randomUUID();
    const start = new Start();
    this.#starts.set(token, start);
    this.#keepUpWhileAsked();
    this.#order({ token, path: channelName, what, limits });
    return start.running;
  }

  async close(): Promise<void> {
    this.#process.ref();
    if (this.#process.connected) this.#process.disconnect();
    if (!this.#isGone) await once(this.#process, "exit");
    this.#server.close();
    process.off("exit", this.#removeFolder);
    this.#removeFolder();
  }

  #order(order: Order): void {
    this.#process.send(order, (error) => {
      if (error !== null) this.#lose();
    });
  }

  #hear(news: News): void {
    const start = this.#starts.get(news.token);
    if ("pid" in news) start?.begin(news.pid ?? undefined);
    else {
      if ("end" in news) start?.end(news.end);
      else start?.refuse(news.refused);
      const forget = () => this.#forget(news.token);
      start?.running.then(forget, forget); // its channel may come after the news of its end
    }
  }

  #forget(token: string): void {
    this.#starts.delete(token);
    this.#keepUpWhileAsked();
  }

  /** Who connects says first which process it is. The folder lets in nobody else; who does not say it is not waited for. */
  #connect(channel: Socket): void {
    channel.on("error", () => {});
    channel.setTimeout(namingMs, () => channel.destroy());
    const readToken = (): void => {
      const said = channel.read(tokenBytes) as Buffer | null;
      if (said === null) return; // not all of it yet
      channel.off("readable", readToken);
      channel.setTimeout(0);
      const start = this.#starts.get(said.toString("latin1"));
      if (start === undefined) channel.destroy();
      else start.connect(channel);
    };
    channel.on("readable", readToken);
  }

  /** What it has started dies with it. The next processes start from here. */
  #lose(): void {
    this.#isGone = true;
    for (const start of this.#starts.values()) start.lose();
    this.#starts.clear();
  }

  /** Open, it keeps nobody from ending; with something to hear of it does. */
  #keepUpWhileAsked(): void {
    const { channel } = this.#process;
    if (this.#starts.size === 0) channel?.unref();
    else channel?.ref();
  }

  readonly #removeFolder = (): void => rmSync(this.#folder, { recursive: true, force: true });
}

/** In the folder, where the launcher runs. */
const channelName = "channel";
const tokenBytes = 36;
/** For a connection to say which process it is: what connects rightly does so at once. */
const namingMs = 10_000;

/** A process that was asked for: what connects, and what is told of it. */
class Start {
  readonly #channel = new Later<Socket>();
  readonly #pid = new Later<number | undefined>();
  readonly #end = new Later<ProcessEnd>();
  #isOver = false;
  readonly running = this.#run();

  connect(channel: Socket): void {
    this.#channel.resolve(channel);
  }

  begin(pid: number | undefined): void {
    this.#pid.resolve(pid);
  }

  end(end: ProcessEnd): void {
    this.#isOver = true;
    this.#end.resolve(end);
    setTimeout(() => this.refuse("no channel came of it"), lingerMs).unref();
  }

  /** Nothing, once it runs. */
  refuse(why: string): void {
    this.#channel.reject(new Error(why));
    this.#pid.reject(new Error(why));
  }

  /** Not every layer's process dies with who has started it; one that nobody speaks to any more ends. */
  lose(): void {
    const killIt = (pid: number | undefined) => pid !== undefined && killGroup(pid);
    this.#pid.promise.then(killIt, () => {});
    this.#channel.promise.then(
      (channel) => channel.destroy(),
      () => {},
    );
    this.refuse("what starts it is gone");
    this.end({ ...nothingTold, isLost: true });
  }

  async #run(): Promise<SandboxProcess> {
    const [channel, pid] = await Promise.all([this.#channel.promise, this.#pid.promise]);
    const kill = () => {
      if (pid !== undefined && !this.#isOver) killGroup(pid);
    };
    return talkingOn(channel, { pid, kill, ended: this.#end.promise.then((end) => afterClosing(channel, end)) });
  }
}

const nothingTold: ProcessEnd = {
  ...{ exitCode: null, signal: null, output: "" },
  ...{ outputExceeded: false, memoryExceeded: false, cpuExceeded: false },
};

/** `end`, when what its process wrote has been read. */
function afterClosing(channel: Socket, end: ProcessEnd): Promise<ProcessEnd> {
  if (channel.closed) return Promise.resolve(end);
  channel.resume(); // what nobody wants to read, as Node does with the pipes of its own children
  const linger = setTimeout(() => setImmediate(() => channel.destroy()), lingerMs);
  return new Promise((resolve) => {
    channel.once("close", () => {
      clearTimeout(linger);
      resolve(end);
    });
  });
}

/** A promise that is kept from outside. */
class Later<T> {
  resolve!: (value: T) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<T>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });
}
