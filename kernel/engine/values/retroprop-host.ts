// Lets libraries find the kernel that runs them: `globalThis[Symbol.for("retroprop.host")].display(bundle)`.
import { type ShowBundle, toMimeBundle } from "./mime-bundle.js";

const hostSymbol = Symbol.for("retroprop.host");

/** Announces the kernel, in place of any announced before. Not enumerable: who lists the globals does not meet it. */
export function announceHost(show: ShowBundle): void {
  const display: ShowBundle = (bundle, options) => show(toMimeBundle(bundle), options);
  Object.defineProperty(globalThis, hostSymbol, {
    value: Object.freeze({ display }),
    configurable: true,
    enumerable: false,
    writable: false,
  });
}
