import { afterEach, expect, test, vi } from "vitest";
import { compiledKernels } from "./compiled.js";
import { isSimdSupported, loadKernels } from "./load.js";
import { twinKernels } from "./twins/index.js";
import { newSharedMemory } from "./webassembly.js";

const newMemory = () => newSharedMemory(1, 1);

afterEach(() => {
  vi.unstubAllGlobals();
});

test("the kernels are those that have a twin, one for one", () => {
  const twins = twinKernels({ floats: new Float32Array(), words: new Int32Array() });
  expect(Object.keys(loadKernels(newMemory())).sort()).toEqual(Object.keys(twins).sort());
});

test("kernels compute in the memory they were loaded for", () => {
  const [first, second] = [newMemory(), newMemory()];
  const [one, two] = [loadKernels(first), loadKernels(second)];
  one.fill(64, 1, 4, false);
  two.fill(64, 2, 4, false);
  expect([first, second].map(({ buffer }) => new Float32Array(buffer, 64, 4).join())).toEqual(["1,1,1,1", "2,2,2,2"]);
});

test("the module keeps nothing for itself: threads may run it on one memory at once", () => {
  const names = sectionIds(Buffer.from(compiledKernels, "base64")).map((id) => sectionNames[id] ?? `section ${id}`);
  expect(names).toEqual(["types", "imports", "functions", "exports", "code"]); // neither globals nor data
});

test("SIMD is supported where the module is valid, and not where there is no WebAssembly", () => {
  expect(isSimdSupported()).toBe(true);
  vi.stubGlobal("WebAssembly", { validate: () => false });
  expect(isSimdSupported()).toBe(false);
  vi.stubGlobal("WebAssembly", undefined);
  expect(isSimdSupported()).toBe(false);
});

const sectionNames: Readonly<Record<number, string>> = {
  1: "types",
  2: "imports",
  3: "functions",
  7: "exports",
  10: "code",
};

/** A module is 8 bytes, then sections: an id, how many bytes follow, and these. */
function sectionIds(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let at = 8;
  const next = () => bytes[at++]!;
  while (at < bytes.length) {
    ids.push(next());
    const length = readLength(next);
    at += length;
  }
  return ids;
}

/** Seven bits a byte, the lowest first; the last byte is below 128. */
function readLength(next: () => number): number {
  const byte = next();
  return byte < 128 ? byte : byte - 128 + 128 * readLength(next);
}
