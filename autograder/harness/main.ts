// The program that runs in the sandbox, one process a submission: loads it and answers requests with values.
// Everything here shares its process with student code: it may lie, and so it holds nothing worth lying about.

import { readSync, writeSync } from "node:fs";
import { runInThisContext } from "node:vm";
import * as lib from "retroprop";
import { decode, encode, TooLargeError } from "./codec.js";
import { disarm } from "./disarm.js";
import { encodeFrame, FrameError, frameLength, parseBody } from "./frames.js";
import { loadProgram } from "./load-program.js";
import type { Load, Loaded, Ready, Reply, Request } from "./protocol.js";
import { toWireError } from "./wire-error.js";

/** Requests and replies. */
const channel = 3;

/** Longer than any run. */
const longestLifeMs = 10 * 60_000;

// Taken before a submission is loaded, which may replace them.
const { alloc } = Buffer;
const exit = process.exit.bind(process);
const [read, write, evaluateText] = [readSync, writeSync, runInThisContext];

type Exports = Readonly<Record<string, unknown>>;

async function main(): Promise<void> {
  disarm();
  send({ ready: true, node: process.version } satisfies Ready);
  const request = receive() as Load; // however long after: a process may wait for its submission
  // A promise that is never settled must meet the judge's time limit, not an empty event loop; and without a judge, this.
  setTimeout(() => exit(1), longestLifeMs);
  const program = await load(request);
  for (;;) await answer(receive() as Request, program);
}

async function load({ program }: Load): Promise<Exports> {
  try {
    const exported = await loadProgram(program);
    send({ loaded: Object.keys(exported) } satisfies Loaded);
    return exported;
  } catch (error) {
    send({ failed: toWireError(error) } satisfies Loaded);
    return exit(0);
  }
}

async function answer(request: Request, program: Exports): Promise<void> {
  const { id } = request;
  let frame: Buffer;
  try {
    frame = encodeFrame(await run(request, program));
  } catch (error) {
    const tooLarge = isTooLarge(error) ? ({ tooLarge: true } as const) : {};
    frame = encodeFrame({ id, ok: false, error: toWireError(error), ...tooLarge });
  }
  writeAll(frame);
}

/** What was thrown may be a Proxy, which throws when it is asked for its class. */
function isTooLarge(error: unknown): boolean {
  try {
    return error instanceof TooLargeError || error instanceof FrameError;
  } catch {
    return false;
  }
}

async function run(request: Request, program: Exports): Promise<Reply> {
  const { id } = request;
  if (request.op === "evaluate") {
    const body = evaluateText(`(${request.code})`) as (scope: object, inputs: unknown) => unknown;
    return { id, ok: true, value: encode(await body({ tp: program, lib }, decode(request.inputs))), args: [] };
  }
  const args = request.args.map(decode);
  const call = program[request.name];
  if (typeof call !== "function") throw new TypeError(`${request.name} is not a function`);
  const value = encode(await call(...args));
  return { id, ok: true, value, args: args.map(encode) };
}

const send = (message: Ready | Loaded): void => writeAll(encodeFrame(message));

/** Waits without an event loop: between requests nothing of the submission runs. */
function receive(): unknown {
  return parseBody(readExactly(frameLength(readExactly(4))));
}

function readExactly(length: number): Buffer {
  const bytes = alloc(length);
  for (let have = 0; have < length; ) {
    const count = readSome(bytes, have);
    if (count === 0) exit(0); // the judge is done
    have += count;
  }
  return bytes;
}

function readSome(bytes: Buffer, at: number): number {
  try {
    return read(channel, bytes, at, bytes.length - at, null);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EOF") return 0; // Windows
    throw error;
  }
}

function writeAll(frame: Buffer): void {
  for (let sent = 0; sent < frame.length; ) sent += write(channel, frame, sent);
}

main().catch((error: unknown) => {
  console.error(error); // for staff
  exit(1);
});
