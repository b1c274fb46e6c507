// The compiler, required: Node would read its nine megabytes twice more to import it, a fifth of the time until the first
// cell. By convention here, `ts` is the compiler and `TS` are its types.
import { createRequire } from "node:module";
import type TS from "typescript";

export const ts: typeof TS = createRequire(import.meta.url)("typescript");
