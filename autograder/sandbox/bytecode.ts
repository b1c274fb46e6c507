// Bytecode beside a program, so that its processes need not compile it: a fifth of what each does before a submission runs.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./launch.js";
import { nodeArguments } from "./node-flags.js";
import { programFiles, writeProgram } from "./program.js";
import type { Sandbox, SandboxProcess } from "./sandbox.js";
import { temporarySandbox } from "./temporary-sandbox.js";

/** A program that reads its data. */
export type WithData = readonly [program: string, data?: Buffer];

/** Has a trusted program do in `sandbox` what submissions will: what is called there is what is kept compiled. */
export type Rehearsal = (sandbox: Sandbox) => Promise<void>;

/**
 * The same program with the bytecode that V8 has made by the end of a rehearsal, if there is one. It is code of the program
 * alone, nothing of what was rehearsed; where V8 does not know it again, under other limits, it compiles the program as ever.
 */
export async function withBytecode(text: string, rehearse?: Rehearsal): Promise<WithData> {
  if (rehearse === undefined) return [text];
  const source = Buffer.from(asFunction(text));
  let bytecode: Buffer | undefined;
  const sandbox = openStage(source, (made) => {
    bytecode = made;
  });
  try {
    await rehearse(sandbox);
  } catch {
    // It would have saved time; the submissions do without.
  } finally {
    await sandbox.close();
  }
  if (bytecode === undefined) return [text];
  return [loader, Buffer.concat([lengthOf(source), source, bytecode])];
}

const asFunction = (text: string): string => `(function (exports, require, module, __filename, __dirname) {${text}\n})`;

function lengthOf(source: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(source.length);
  return bytes;
}

const run = "script.runInThisContext()(exports, require, module, __filename, __dirname);";

const loader = `"use strict";
const { readFileSync } = require("node:fs");
const { Script } = require("node:vm");
const data = readFileSync(__dirname + "/${programFiles.data}");
const end = 4 + data.readUInt32LE(0);
const script = new Script(data.toString("utf8", 4, end), { filename: __filename, cachedData: data.subarray(end) });
${run}
`;

const bytecodeName = "bytecode";

/** Runs its data, and writes what bytecode there is of it when it ends. */
const recorder = `"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");
const script = new Script(readFileSync(__dirname + "/${programFiles.data}", "utf8"), { filename: __filename });
process.on("exit", () => writeFileSync(__dirname + "/${bytecodeName}", script.createCachedData()));
${run}
`;

/** Where a rehearsal takes place: no walls, for it is our own code, and a process that is let end. */
function openStage(source: Buffer, onBytecode: (bytecode: Buffer) => void): Sandbox {
  return temporarySandbox("L0", (folder) => {
    const file = writeProgram(folder, recorder, source);
    return async (limits) => {
      const args = [...nodeArguments(limits), file];
      const started = await launch({ command: process.execPath, args, cwd: folder }, limits);
      return { ...started, kill: () => letEnd(started).finally(() => readBytecode(folder, onBytecode)) };
    };
  });
}

/** How long a program may take to end once nobody asks it anything. */
const patienceMs = 5_000;

async function letEnd(started: SandboxProcess): Promise<void> {
  started.requests.end();
  const giveUp = setTimeout(() => void started.kill(), patienceMs);
  await started.ended;
  clearTimeout(giveUp);
}

function readBytecode(folder: string, onBytecode: (bytecode: Buffer) => void): void {
  const file = join(folder, bytecodeName);
  if (existsSync(file)) onBytecode(readFileSync(file));
}
