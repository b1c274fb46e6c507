// The files of what a sandbox runs, as they lie in whatever folder.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A CommonJS program and, where it reads any, bytes beside it. */
export const programFiles = { text: "program.cjs", data: "program.data" } as const;

/** Writes a program for everybody to read; returns the path to start. */
export function writeProgram(folder: string, text: string, data?: Buffer): string {
  const write = (name: string, contents: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, contents, { mode: 0o444 });
    return path;
  };
  if (data !== undefined) write(programFiles.data, data);
  return write(programFiles.text, text);
}
