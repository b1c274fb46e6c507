// Searches the disk for the tests and the solution instead of answering.
import type { NdArray } from "retroprop";

// biome-ignore lint/suspicious/noExplicitAny: a cheat does not care.
type Anything = any;

function stolen(name: string): Anything {
  const fs = process.getBuiltinModule("node:fs");
  for (const up of [".", "..", "../..", "../../..", "/"]) {
    for (const file of [
      "solutions/tp1.ts",
      "autograder/specs/tp1/hidden.ts",
      "src/functions/softmax.ts",
      "etc/passwd",
    ]) {
      try {
        const text = fs.readFileSync(`${up}/${file}`, "utf8");
        // biome-ignore lint/security/noGlobalEval: the very thing that must not work.
        return eval(`${text}; ${name}`);
      } catch {}
    }
  }
  return undefined;
}

export function softmax(x: NdArray): NdArray {
  return stolen("softmax")?.(x) ?? x;
}

export function nll(x: NdArray, gold: number): number {
  return stolen("nll")?.(x, gold) ?? 0;
}
