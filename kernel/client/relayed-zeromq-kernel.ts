// Any kernel that is installed for Jupyter, for who lets others speak to it: messages pass as they are, over ZeroMQ.
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { proposeConnection, writeConnectionFile } from "../protocol/connection.js";
import type { JupyterMessage } from "../protocol/jupyter-message.js";
import { type Death, KernelError } from "./kernel.js";
import { type KernelProcess, spawnKernelProcess } from "./kernel-process.js";
import type { InstalledKernel } from "./kernelspecs.js";
import { loadZeromq, type MessageSockets, openMessageSockets } from "./message-sockets.js";
import { ownRequest, type RelayedKernel } from "./relayed-kernel.js";

/** iopub connects later than shell, and tells nobody: the kernel is asked until it is heard on both. */
const askAgainMs = 50;
/** As long as Jupyter waits. */
const startLimitMs = 60_000;
/** Of what a kernel says that cannot start: a student reads them above the notebook. */
const toldLines = 8;

/** What tests replace. */
export interface RelayParts {
  readonly load?: typeof loadZeromq;
  readonly limitMs?: number;
}

/**
 * Starts `kernel` in `folder` and returns at once: what is sent before it is ready waits. `onMessage` gets what it says.
 * What keeps it from starting is its death: `exitCode` and `signal` are null then, and the last words say what to do.
 */
export function startRelayedZeromqKernel(
  kernel: InstalledKernel,
  folder: string,
  onMessage: (message: JupyterMessage) => void,
  parts: RelayParts = {},
): RelayedKernel {
  return new ZeromqRelay(kernel, folder, onMessage, parts);
}

class ZeromqRelay implements RelayedKernel {
  readonly died: Promise<Death>;
  private readonly kernel: InstalledKernel;
  private readonly onMessage: (message: JupyterMessage) => void;
  /** Tells answers to ourselves from those to others. */
  private readonly session = randomUUID();
  private process: KernelProcess | undefined;
  private sockets: MessageSockets | undefined;
  /** What is to be sent, until the kernel is ready. */
  private waiting: JupyterMessage[] | undefined = [];
  private hasReplied = false;
  private isTooSlow = false;
  private ended = false;

  constructor(
    kernel: InstalledKernel,
    folder: string,
    onMessage: (message: JupyterMessage) => void,
    { load = loadZeromq, limitMs = startLimitMs }: RelayParts,
  ) {
    this.kernel = kernel;
    this.onMessage = onMessage;
    this.died = this.live(folder, load, limitMs).catch(deathOf);
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  send(message: JupyterMessage): void {
    if (message.channel === "iopub") return; // a page that says so is in error: nothing is sent there
    if (this.waiting === undefined) this.sockets?.send(message);
    else this.waiting.push(message);
  }

  /** On Windows a signal would end the process: most kernels there hear the message. */
  interrupt(): void {
    const runsNothing = this.waiting !== undefined;
    if (runsNothing && !this.ended) return; // a signal would end one that still starts
    if (this.kernel.interruptMode === "signal" && process.platform !== "win32") this.process?.interrupt();
    else this.sockets?.send(this.request("control", "interrupt_request"));
  }

  async end(graceMs = 1000): Promise<void> {
    this.ended = true;
    const { process } = this;
    if (process !== undefined && !process.isDead()) {
      this.interrupt(); // many kernels hear of their end only between two cells
      this.sockets?.send(this.request("control", "shutdown_request", { restart: false }));
      await Promise.race([process.died, delay(graceMs, undefined, { ref: false })]);
      process.killTree();
    }
    await this.died;
  }

  private async live(folder: string, load: typeof loadZeromq, limitMs: number): Promise<Death> {
    const [zeromq, connection] = await Promise.all([load(), proposeConnection()]);
    if (this.ended) return deathOf(new KernelError("it was given up"));
    const connectionFile = writeConnectionFile(connection);
    const spawned = spawnKernelProcess({ ...commandOf(this.kernel, connectionFile), folder, connectionFile });
    const hear = (message: JupyterMessage) => this.hear(message);
    this.process = spawned;
    this.sockets = openMessageSockets(zeromq, connection, this.session, hear);
    void this.askUntilReady(spawned, limitMs);
    const death = await spawned.died;
    this.sockets.close();
    return this.waiting === undefined ? death : this.explain(death);
  }

  private async askUntilReady(spawned: KernelProcess, limitMs: number): Promise<void> {
    const deadline = performance.now() + limitMs;
    while (this.waiting !== undefined && !spawned.isDead()) {
      if (performance.now() > deadline) {
        this.isTooSlow = true;
        spawned.killTree();
      }
      this.sockets?.send(this.request("shell", "kernel_info_request"));
      await Promise.race([spawned.died, delay(askAgainMs)]);
    }
  }

  private hear(message: JupyterMessage): void {
    const { parent_header: parent, channel, header, content } = message;
    const isOurs = "session" in parent && parent.session === this.session;
    if (!isOurs) this.onMessage(message);
    else if (channel === "shell") this.hasReplied = true;
    else if (header.msg_type === "status" && content["execution_state"] === "idle") this.becomeReady(message);
  }

  /** To others the kernel is idle of itself: they have asked nothing. */
  private becomeReady(idle: JupyterMessage): void {
    const sent = this.waiting;
    if (sent === undefined || !this.hasReplied) return;
    this.waiting = undefined;
    this.process?.forgetWords(); // what it says of its start explains no death
    this.onMessage({ ...idle, parent_header: {} });
    for (const message of sent) this.sockets?.send(message);
  }

  private request(channel: JupyterMessage["channel"], type: string, content: JupyterMessage["content"] = {}) {
    return ownRequest(channel, type, content, this.session);
  }

  /** It ended before it could be spoken to. */
  private explain(death: Death): Death {
    const { argv, folder } = this.kernel;
    const how = this.isTooSlow ? "did not answer" : howItEnded(death);
    const remedy = `run it in a terminal to see why, and install it again, or remove ${folder}`;
    const words = death.lastWords.trim().split("\n").slice(-toldLines).join("\n");
    const lastWords = `\`${argv.join(" ")}\` ${how}: ${remedy}\n${words}`;
    return { exitCode: null, signal: null, lastWords };
  }
}

function howItEnded({ exitCode, signal }: Death): string {
  if (exitCode === null && signal === null) return "does not start";
  return `ended at once (${signal ?? `exit code ${exitCode}`})`;
}

/** Without a process. */
function deathOf(error: unknown): Death {
  return { exitCode: null, signal: null, lastWords: error instanceof Error ? error.message : String(error) };
}

function commandOf({ argv, env, folder }: InstalledKernel, connectionFile: string) {
  const [program = "", ...args] = argv.map((argument) =>
    argument.replaceAll("{connection_file}", () => connectionFile).replaceAll("{resource_dir}", () => folder),
  );
  const added = Object.entries(env).map(([name, value]) => [name, withOurVariables(value)] as const);
  return { program, args, env: Object.fromEntries(added) };
}

const withOurVariables = (text: string): string =>
  text.replace(/\$\{(\w+)\}/g, (whole, name: string) => process.env[name] ?? whole);
