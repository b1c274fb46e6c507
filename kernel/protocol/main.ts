// The kernel's process: `node --no-force-async-hooks-checks main.js (--connection-file FILE | --pipe)`, in the notebook's
// folder. The I/O thread opens its sockets while this one loads the compiler.
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { FromCells, ToCells } from "./bridge.js";
import { CellThread } from "./cell-thread.js";
import { type Connection, ConnectionError, readConnectionFile } from "./connection.js";
import type { IoThreadData } from "./io-thread.js";
import { say } from "./say.js";
import { CellThreadState, newSharedState } from "./thread-state.js";

const usage = "usage: main.js (--connection-file FILE | --pipe)";
/** The pipe is the first descriptor after those that every process has. */
const pipeDescriptor = 3;
const exitCodeOfFault = 70;
/** How long the end of the process may wait for the I/O thread, which has its own limits. */
const goodbyeLimitMs = 10_000;

try {
  await run(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof ConnectionError)) throw error;
  say(error.message);
  process.exit(2);
}

function readArguments([option, file, ...rest]: readonly string[]): Connection | number {
  if (option === "--pipe" && file === undefined) return pipeDescriptor;
  if (option === "--connection-file" && file !== undefined && rest.length === 0) return readConnectionFile(file);
  throw new ConnectionError(usage);
}

async function run(endpoint: IoThreadData["endpoint"]): Promise<void> {
  const shared = newSharedState();
  const requests = new MessageChannel();
  const answers = new MessageChannel();
  const workerData: IoThreadData = { endpoint, shared, port: requests.port2, answers: answers.port2 };
  const worker = new Worker(new URL("./io-thread.js", import.meta.url), {
    workerData,
    transferList: [requests.port2, answers.port2],
  });
  let fault: string | undefined;
  const fail = (error: unknown) => {
    fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(fault);
    process.exit(exitCodeOfFault);
  };

  const thread = new CellThread({
    folder: process.cwd(),
    state: new CellThreadState(shared),
    post: (message: FromCells) => requests.port1.postMessage(message),
    takeAnswer: () => receiveMessageOnPort(answers.port1)?.message as string | undefined,
    exit: (code) => process.exit(code),
  });
  process.once("exit", (code) => thread.sayGoodbye(code, fault, goodbyeLimitMs));
  process.on("SIGINT", () => {}); // the I/O thread hears it
  worker.once("error", fail);
  worker.once("exit", () => fail(new Error("internal: the I/O thread ended")));
  requests.port1.on("message", (message: ToCells) => {
    try {
      thread.receive(message);
    } catch (error) {
      fail(error);
    }
  });
  try {
    const { createEngine } = await import("../engine/create-engine.js");
    thread.start(createEngine);
  } catch (error) {
    fail(error);
  }
}
