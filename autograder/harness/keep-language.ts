// Keeps the maps, sets and buffers of the language and the arrays of the library as they are: tests use them beside the
// submission, whose `Set.prototype.has = () => true` would answer for its graph. More may be added to them.
import { NdArray, RandomGenerator } from "retroprop";

/** Before a submission is loaded. Not lists: every loop over one would be several times slower. */
export function keepLanguage(): void {
  for (const { prototype } of [Map, Set, NdArray, RandomGenerator, Buffer]) {
    for (const name of Reflect.ownKeys(prototype)) keep(prototype, name);
  }
  // Where a value's bytes are, not how many: loops that ask for their length would be slower.
  const typedArray: object = Object.getPrototypeOf(Float32Array.prototype);
  for (const name of ["buffer", "byteOffset", "byteLength"]) keep(typedArray, name);
}

function keep(owner: object, name: string | symbol): void {
  const isMethod = "value" in Object.getOwnPropertyDescriptor(owner, name)!;
  Object.defineProperty(owner, name, isMethod ? { writable: false, configurable: false } : { configurable: false });
}
