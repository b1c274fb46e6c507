// The parameters of a network as a file, and back into a network.
import type { NdArray } from "../nd/nd-array.js";
import { formatShape, ShapeError, sameShape } from "../nd/shape.js";
import type { Module } from "./module.js";
import type { Parameter } from "./parameter.js";
import { decodeSafetensors, encodeSafetensors, shorten } from "./safetensors.js";

export interface LoadOptions {
  /** Whether the file and the network must have the same names; true unless said otherwise. */
  readonly strict?: boolean;
}

/** Names that only one side has. */
export interface LoadedParameters {
  /** In the network, not in the file: left as they are. */
  readonly missing: readonly string[];
  /** In the file, not in the network: left out. */
  readonly unexpected: readonly string[];
}

/**
 * The parameters of a module by dotted name, as the bytes of a safetensors file.
 *
 * @example
 * const [before, after] = [1, 2].map((seed) => new Linear(3, 2, { random: new RandomGenerator(seed) }));
 * loadParameters(after, saveParameters(before));
 * String(after.W) === String(before.W) // true
 */
export function saveParameters(module: Module): Uint8Array {
  return encodeSafetensors(
    new Map([...module.namedParameters()].map(([name, parameter]) => [name, parameter.values()])),
  );
}

/**
 * Copies the parameters of a safetensors file into those of a module, by name. Names, shapes and dtypes are all checked
 * before anything is written.
 *
 * @param bytes of a file that {@link saveParameters} wrote, or another library
 * @returns the names that only one side has: none when `strict`
 * @throws ShapeError when the file is damaged or does not fit, with all that does not; the module is then unchanged
 */
export function loadParameters(
  module: Module,
  bytes: Uint8Array,
  { strict = true }: LoadOptions = {},
): LoadedParameters {
  const [into, from] = [module.namedParameters(), decodeSafetensors(bytes)];
  const missing = [...into.keys()].filter((name) => !from.has(name));
  const unexpected = [...from.keys()].filter((name) => !into.has(name));
  const shared = [...into].filter(([name]) => from.has(name)).map(([name, x]) => ({ name, x, saved: from.get(name)! }));
  const unlike = shared.filter(({ x, saved }) => !sameShape(x.shape, saved.shape) || x.dtype !== saved.dtype);
  const problems = [
    ...unlike.map(({ name, x, saved }) => `${name} is ${kind(x)} in the network, ${kind(saved)} in the file`),
    ...(strict && missing.length > 0 ? [`missing in the file: ${listed(missing)}`] : []),
    ...(strict && unexpected.length > 0 ? [`unexpected in the file: ${listed(unexpected)}`] : []),
  ];
  if (problems.length > 0) {
    const advice = unlike.length === 0 ? " ({ strict: false } loads what both have)" : "";
    throw new ShapeError(`loadParameters: the file does not fit the network: ${problems.join("; ")}${advice}`);
  }
  for (const { x, saved } of shared) x.assign(saved);
  return { missing, unexpected };
}

const listed = (names: readonly string[]): string => names.map(shorten).join(", ");

const kind = ({ shape, dtype }: NdArray | Parameter): string => `${formatShape(shape)} ${dtype}`;
