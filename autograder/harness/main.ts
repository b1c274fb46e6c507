// The program that runs in the sandbox, one process a submission: loads it and answers requests with values.
// Everything here shares its process with student code: it may lie, and so it holds nothing worth lying about.

import { readSync, writeSync } from "node:fs";
import { runInThisContext } from "node:vm";
import * as lib from "retroprop";
import { bareList } from "./bare-list.js";
import { decode, decodeAll, encode, encodeAll, TooLargeError } from "./codec.js";
import { disarm } from "./disarm.js";
import { encodeFrame, FrameError, frameLength, parseBody } from "./frames.js";
import { keepLanguage } from "./keep-language.js";
import { linkProgram } from "./load-program.js";
import type { Load, Loaded, Ready, Reply, Request, WireAnswer, WireValue } from "./protocol.js";
import { toWireError } from "./wire-error.js";

/** Requests and replies. */
const channel = 3;

/** Longer than any run. */
const longestLifeMs = 10 * 60_000;

// Taken before a submission is loaded, which may replace them.
const { alloc } = Buffer;
const exit = process.exit.bind(process);
const { apply, deleteProperty } = Reflect;
const [read, write, evaluateText] = [readSync, writeSync, runInThisContext];

type Exports = Readonly<Record<string, unknown>>;

async function main(): Promise<void> {
  disarm();
  keepLanguage();
  send({ ready: true, node: process.version } satisfies Ready);
  const request = receive() as Load; // however long after: a process may wait for its submission
  // A promise that is never settled must meet the judge's time limit, not an empty event loop; and without a judge, this.
  setTimeout(() => exit(1), longestLifeMs);
  let program = await load(request);
  for (;;) {
    const next = receive() as Load | Request;
    if (next.op === "load") program = await load(next);
    else await answer(next, program);
  }
}

async function load({ program }: Load): Promise<Exports> {
  let runs = false;
  try {
    const linked = await linkProgram(program);
    runs = true;
    await linked.evaluate();
    send({ loaded: Object.keys(linked.namespace) } satisfies Loaded);
    return linked.namespace as Exports;
  } catch (error) {
    send({ failed: toWireError(error), runs } satisfies Loaded);
    return exit(0);
  }
}

async function answer(request: Request, program: Exports): Promise<void> {
  const { id } = request;
  const answers = bareList<WireAnswer>();
  let reply: Reply = { id, answers };
  try {
    const call = callerOf(request, program);
    const calls = request.op === "evaluate" ? request.inputs : request.argLists;
    // By index: what a submission has put in the place of a list's own methods would see the calls that are still to come.
    for (let i = 0; i < calls.length; i++) answers[i] = await call(calls[i]!);
  } catch (error) {
    reply = isTooLarge(error) ? tooLarge(id, error) : { id, answers, failed: toWireError(error) };
  }
  writeAll(frameOf(reply));
}

function frameOf(reply: Reply): Buffer {
  withoutToJson();
  try {
    return encodeFrame(reply);
  } catch (error) {
    return encodeFrame(tooLarge(reply.id, error)); // what it holds is more than a frame does
  }
}

/** Asked of every object and list that is sent, one of these would write the reply. */
function withoutToJson(): void {
  if (!(deleteProperty(Object.prototype, "toJSON") && deleteProperty(Array.prototype, "toJSON"))) exit(1);
}

const tooLarge = (id: string, error: unknown): Reply => ({
  ...{ id, answers: [], failed: toWireError(error) },
  tooLarge: true,
});

/** What was thrown may be a Proxy, which throws when it is asked for its class. */
function isTooLarge(error: unknown): boolean {
  try {
    return error instanceof TooLargeError || error instanceof FrameError;
  } catch {
    return false;
  }
}

/** What makes one call of a request. Nothing is read of a call before the one in front of it has been answered. */
function callerOf(request: Request, program: Exports): (sent: unknown) => Promise<WireAnswer> {
  if (request.op === "evaluate") {
    const body = evaluateText(`(${request.code})`) as (scope: object, inputs: unknown) => unknown;
    return async (inputs) => ({
      value: encode(await body({ tp: program, lib }, decode(inputs as WireValue))),
      args: [],
    });
  }
  const call = program[request.name];
  if (typeof call !== "function") throw new TypeError(`${request.name} is not a function`);
  return async (wireArgs) => {
    const args = decodeAll(wireArgs as readonly WireValue[]);
    const value = encode(await apply(call, undefined, args));
    return { value, args: encodeAll(args) };
  };
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
