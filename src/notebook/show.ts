// Shows a figure, a table or any value under the running cell.
import { type MimeBundle, toBundle } from "./bundle.js";
import { findHost } from "./host.js";

/**
 * Shows `value` in the notebook: a figure is drawn, anything else printed as `console.log` would.
 * In a plain script nothing is shown and the bundle is returned.
 */
export function show(value: unknown): MimeBundle | undefined {
  const bundle = toBundle(value);
  const host = findHost();
  if (host === undefined) return bundle;
  host.display(bundle);
  return undefined;
}
