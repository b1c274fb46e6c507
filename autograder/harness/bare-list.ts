// Lists that no submission can have its say in, whatever it makes of `Array.prototype`: they inherit nothing.

class BareList<T> extends Array<T> {
  // biome-ignore lint/complexity/noUselessConstructor: what is left unsaid may pass its arguments on through the iterator of lists
  constructor() {
    super();
  }
}
Reflect.setPrototypeOf(BareList.prototype, null);
Reflect.deleteProperty(BareList.prototype, "constructor");

// Taken before a submission is loaded, which may replace it.
const { setPrototypeOf } = Reflect;
const { prototype } = Array;

/**
 * An empty list for what is written and read by index, or as JSON: a place that is written to is its own, even where all
 * other lists have been given a setter of it, and it has no `toJSON`. It has no method either. To define each place of an
 * ordinary list takes ten times as long.
 */
export const bareList = <T>(): T[] => new BareList<T>();

/** Makes an ordinary list of a bare one. */
export function asList<T>(bare: T[]): T[] {
  setPrototypeOf(bare, prototype);
  return bare;
}
