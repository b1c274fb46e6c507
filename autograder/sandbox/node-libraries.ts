// The files that the system's loader maps for Node: what must be in sight for Node to start.
import { execFileSync } from "node:child_process";
import { findProgram } from "./find-program.js";

export function nodeLibraries(): string[] {
  const printed = execFileSync(findProgram("ldd") ?? "ldd", [process.execPath], { encoding: "utf8", env: {} });
  return printed.split("\n").flatMap((line) => /(?:=>\s*|^\s*)(\/\S+)\s+\(0x/.exec(line)?.[1] ?? []);
}
