// L0: a plain Node process, which may do all that its user may. Never for marks: for measuring what the others cost.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./launch.js";
import { nodeArguments } from "./node-flags.js";
import type { Sandbox } from "./sandbox.js";
import { temporarySandbox } from "./temporary-sandbox.js";

/** `program` is the text of one CommonJS file. */
export async function openL0(program: string): Promise<Sandbox> {
  return temporarySandbox("L0", (folder) => {
    const file = join(folder, "program.cjs");
    writeFileSync(file, program, { mode: 0o444 });
    return (limits) =>
      launch({ command: process.execPath, args: [...nodeArguments(limits), file], cwd: folder }, limits);
  });
}
