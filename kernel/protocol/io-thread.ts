// The thread that keeps the protocol: started by main.ts, before the compiler is loaded.
import { createRequire } from "node:module";
import { type MessagePort, workerData } from "node:worker_threads";
import type { FromCells, ToCells } from "./bridge.js";
import type { Cells } from "./cells.js";
import { systemClock } from "./clock.js";
import type { Connection } from "./connection.js";
import { Interrupter } from "./interrupt.js";
import { KernelServer } from "./kernel-server.js";
import { watchParent } from "./parent.js";
import { openPipe } from "./pipe-transport.js";
import { say } from "./say.js";
import { listenToSignals } from "./signals.js";
import { IoThreadState, type SharedState } from "./thread-state.js";
import type { Transport } from "./transport.js";
import { openZeromq } from "./zeromq-transport.js";

export interface IoThreadData {
  /** Where front ends are: a Jupyter connection, or the number of a pipe. */
  readonly endpoint: Connection | number;
  readonly shared: SharedState;
  readonly port: MessagePort;
  readonly answers: MessagePort;
}

/** How long the process may take to end of itself. */
const endLimitMs = 1000;
/** The same, for one whose compiler may still be loading. */
const startLimitMs = 60_000;
/** How long front ends may take to read what a process printed that ends without having been told to. */
const flushLimitMs = 3000;

const { endpoint, shared, port, answers } = workerData as IoThreadData;
const state = new IoThreadState(shared);
const clock = systemClock;
const post = (message: ToCells) => port.postMessage(message);
const interrupter = new Interrupter(state, (serial) => post({ type: "interrupt", serial }), clock);

const cells: Cells = {
  post,
  answerInput(text) {
    answers.postMessage(text);
    state.answerGiven();
  },
  outputSent: (size) => state.outputSent(size),
  interrupt: () => interrupter.interrupt(),
  shutdown() {
    interrupter.interrupt();
    end(0, endLimitMs);
  },
};
/** Takes back the death sentence of a process that was told to end. */
let letLive: (() => void) | undefined;

process.on("uncaughtException", (error) => {
  say(error.stack ?? String(error));
  state.departed();
  end(70, endLimitMs);
});

try {
  serve(typeof endpoint === "number" ? openPipe(endpoint) : await openZeromq(endpoint));
} catch (error) {
  say(`cannot listen: ${(error as Error).message}`);
  state.departed();
  end(1, startLimitMs);
}

function serve(transport: Transport): void {
  const { version } = createRequire(import.meta.url)("typescript/package.json") as { version: string };
  const onRefused = (reason: string) => say(`a message was passed over: ${reason}`);
  const server = new KernelServer({ transport, cells, clock, typescriptVersion: version, onRefused });
  const shutdown = () => server.shutdown();
  transport.listen({ onMessage: (received) => server.receive(received), onRefused, onGone: shutdown });
  port.on("message", (message: FromCells) => {
    if (message.type === "interrupted" && !interrupter.heard(message.serial)) return;
    server.hear(message);
    if (message.type === "exiting") void leave(transport);
  });
  if (!listenToSignals(() => server.interrupt(), shutdown)) say("signals do not reach this kernel");
  watchParent(shutdown);
}

/** The process is about to end: it waits for this. */
async function leave(transport: Transport): Promise<void> {
  const patienceMs = letLive === undefined ? flushLimitMs : endLimitMs;
  letLive?.();
  await transport.close(patienceMs);
  state.departed();
  clock.after(endLimitMs, killProcess);
}

/** Ends the process; the cell may hold the other thread, and handlers of the notebook's may keep it from ending. */
function end(exitCode: number, limitMs: number): void {
  letLive?.();
  letLive = clock.after(limitMs, killProcess);
  post({ type: "shutdown", exitCode });
}

function killProcess(): void {
  process.kill(process.pid, "SIGKILL");
}
