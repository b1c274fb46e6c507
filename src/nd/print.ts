// Prints arrays as NumPy does: aligned columns, shortest digits that tell each number, « ... » in the middle of long axes.
import type { NdArray } from "./nd-array.js";

export interface PrintOptions {
  /** Digits after the point, at most. */
  readonly precision?: number;
  /** Between two elements of a row. */
  readonly separator?: string;
  /** What stands before the first bracket: later lines are indented by its length. */
  readonly prefix?: string;
}

/** Arrays with more elements than this show only the ends of each axis. */
const summariseAbove = 1000;
const edgeItems = 3;
const lineWidth = 75;

export function formatArray(x: NdArray, options: PrintOptions = {}): string {
  const { precision = 8, separator = " ", prefix = "" } = options;
  const shorten = x.size > summariseAbove;
  const shown = [...shownElements(x, shorten)];
  const format =
    x.dtype === "float32" ? elementFormat(shown, precision, isSameFloat32) : elementFormat(shown, precision, Object.is);
  if (x.size === 0) return "[]";
  return formatAxis(x, 0, 0, { format, shorten, separator, indent: " ".repeat(prefix.length) });
}

interface Layout {
  readonly format: (value: number) => string;
  readonly shorten: boolean;
  readonly separator: string;
  readonly indent: string;
}

function formatAxis(x: NdArray, axis: number, offset: number, layout: Layout): string {
  if (axis === x.ndim) return layout.format(x.data[offset]!);
  const length = x.shape[axis]!;
  const stride = x.shape.slice(axis + 1).reduce((product, n) => product * n, 1);
  const items = shownIndices(length, layout.shorten).map((index) =>
    index === undefined ? "..." : formatAxis(x, axis + 1, offset + index * stride, layout),
  );
  const indent = layout.indent + " ".repeat(axis + 1);
  if (axis === x.ndim - 1) return `[${wrapLine(items, indent, layout.separator)}]`;
  const between = layout.separator.trimEnd() + "\n".repeat(x.ndim - axis - 1) + indent;
  return `[${items.join(between)}]`;
}

function wrapLine(items: readonly string[], indent: string, separator: string): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const longer = line === "" ? item : line + separator + item;
    if (line !== "" && indent.length + longer.length + separator.trimEnd().length > lineWidth) {
      lines.push(line + separator.trimEnd());
      line = item;
    } else line = longer;
  }
  return [...lines, line].join(`\n${indent}`);
}

/** Indices along an axis; `undefined` stands for those left out. */
function shownIndices(length: number, shorten: boolean): (number | undefined)[] {
  const all = Array.from({ length }, (_, index) => index);
  return shorten && length > 2 * edgeItems ? [...all.slice(0, edgeItems), undefined, ...all.slice(-edgeItems)] : all;
}

function* shownElements(x: NdArray, shorten: boolean, axis = 0, offset = 0): Generator<number> {
  if (axis === x.ndim) {
    if (x.size > 0) yield x.data[offset]!;
    return;
  }
  const length = x.shape[axis]!;
  for (const index of shownIndices(length, shorten)) {
    if (index !== undefined) yield* shownElements(x, shorten, axis + 1, offset * length + index);
  }
}

/** One format for all elements, so that points line up. */
function elementFormat(values: readonly number[], precision: number, same: SameNumber): (value: number) => string {
  const finite = values.filter(Number.isFinite);
  const sizes = finite.map(Math.abs).filter((size) => size > 0);
  const largest = Math.max(0, ...sizes);
  const smallest = Math.min(Number.POSITIVE_INFINITY, ...sizes);
  const scientific = largest >= 1e8 || (sizes.length > 0 && (smallest < 1e-4 || largest / smallest > 1000));
  const digits = scientific ? scientificDigits : positionalDigits;
  const texts = finite.map((value) => digits(value, precision, same));
  const decimals = Math.max(0, ...texts.map(({ decimals }) => decimals));
  const write = (value: number): string => {
    if (Number.isNaN(value)) return "nan";
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
    return scientific
      ? writeScientific(value, decimals)
      : writePositional(value, decimals, digits(value, precision, same).decimals);
  };
  const width = Math.max(...values.map((value) => write(value).length));
  return (value) => write(value).padStart(width);
}

type SameNumber = (a: number, b: number) => boolean;

const isSameFloat32: SameNumber = (a, b) => Math.fround(a) === Math.fround(b);

/** The fewest digits after the point that still tell `value` from its neighbours. */
function positionalDigits(value: number, precision: number, same: SameNumber): { decimals: number } {
  for (let decimals = 0; decimals < precision; decimals++) {
    if (same(Number(value.toFixed(decimals)), value)) return { decimals };
  }
  return { decimals: (value.toFixed(precision).replace(/0+$/, "").split(".")[1] ?? "").length };
}

function scientificDigits(value: number, precision: number, same: SameNumber): { decimals: number } {
  for (let decimals = 0; decimals < precision; decimals++) {
    if (same(Number(value.toExponential(decimals)), value)) return { decimals };
  }
  return { decimals: precision };
}

/** `2.5`, then blanks up to the longest fraction: NumPy pads with spaces, not zeros. */
function writePositional(value: number, widest: number, decimals: number): string {
  const sign = Object.is(value, -0) ? "-" : "";
  const text = value.toFixed(decimals);
  return sign + (decimals === 0 ? `${text}.` : text) + " ".repeat(widest - decimals);
}

function writeScientific(value: number, decimals: number): string {
  const [mantissa, exponent] = value.toExponential(decimals).split("e") as [string, string];
  const power = exponent.slice(1).padStart(2, "0");
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.`}e${exponent[0]}${power}`;
}
