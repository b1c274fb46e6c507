// Keeps the maps and sets of the language and the arrays of the library as they are: tests use them beside the
// submission, whose `Set.prototype.has = () => true` would answer for its graph. More may be added to them.
import { NdArray, RandomGenerator } from "retroprop";

/** Before a submission is loaded. Not lists: every loop over one would be several times slower. */
export function keepLanguage(): void {
  for (const { prototype } of [Map, Set, NdArray, RandomGenerator]) {
    for (const name of Reflect.ownKeys(prototype)) keep(prototype, name);
  }
}

function keep(owner: object, name: string | symbol): void {
  const isMethod = "value" in Object.getOwnPropertyDescriptor(owner, name)!;
  Object.defineProperty(owner, name, isMethod ? { writable: false, configurable: false } : { configurable: false });
}
