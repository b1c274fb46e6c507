// How our kernel is started: by us, over a pipe, and by Jupyter, through its kernelspec.
import { fileURLToPath } from "node:url";

/** Compiled; tests name the one that they have built. */
export const kernelProgram: string = fileURLToPath(new URL("../protocol/main.js", import.meta.url));

/**
 * Node's own options. The first lets a loop be stopped that turns in promises alone: with checks of async hooks on, stopping
 * one ends the process.
 */
export const kernelFlags: readonly string[] = ["--no-force-async-hooks-checks", "--no-warnings"];

/** Node's option for a limit to the heap. */
export const memoryFlags = (limitMb: number | undefined): readonly string[] =>
  limitMb === undefined ? [] : [`--max-old-space-size=${limitMb}`];
