// L0: a plain Node process, which may do all that its user may. Never for marks: for measuring what the others cost.
import { launch } from "./launch.js";
import { nodeArguments } from "./node-flags.js";
import { writeProgram } from "./program.js";
import type { Sandbox } from "./sandbox.js";
import { temporarySandbox } from "./temporary-sandbox.js";

/** `program` is the text of one CommonJS file, which may read `data` beside it. */
export async function openL0(program: string, data?: Buffer, start = launch): Promise<Sandbox> {
  return temporarySandbox("L0", (folder) => {
    const file = writeProgram(folder, program, data);
    return (limits) =>
      start({ command: process.execPath, args: [...nodeArguments(limits), file], cwd: folder }, limits);
  });
}
