// The compiler. By convention here, `ts` is the compiler and `TS` are its types. It is the greatest part of the time until
// the first cell: hence run by hand, not imported (Node would read its nine megabytes twice more), and with the machine code
// that an earlier process has saved beside this file, where it is of the same Node.
import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import type TS from "typescript";

const path = createRequire(import.meta.url).resolve("typescript");
const savedCode = fileURLToPath(new URL("typescript.code", import.meta.url));
const script = new Script(Module.wrap(readFileSync(path, "utf8")), { filename: path, ...readSavedCode() });

export const ts: typeof TS = run();

/** Keeps what V8 has compiled of the compiler until now, for later processes. */
export function saveCode(): void {
  const temporary = `${savedCode}.${randomUUID()}`;
  writeFileSync(temporary, script.createCachedData());
  renameSync(temporary, savedCode);
}

/** V8 itself refuses what another Node has saved, or this one under other flags. */
function readSavedCode(): { cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(savedCode) };
  } catch {
    return {};
  }
}

/** As `require` does; who requires TypeScript later, in a cell for one, gets the same. */
function run(): typeof TS {
  const require = createRequire(path);
  const module = new Module(path);
  require.cache[path] = module;
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
  module.loaded = true;
  return module.exports;
}
