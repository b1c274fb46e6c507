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
  if (x.size === 0) return "[]";
  const shorten = x.size > summariseAbove;
  const same = x.dtype === "float32" ? isSameFloat32 : isSameFloat64;
  const format = elementFormat([...shownElements(x, shorten)], precision, same);
  const brackets = x.ndim + (prefix === "" ? 0 : 1); // what will close the line: NumPy keeps room for it
  const width = lineWidth - Math.max(brackets, brackets - 1 + separator.trimEnd().length);
  return formatAxis(x, 0, 0, { format, shorten, separator, width, indent: " ".repeat(prefix.length) });
}

interface Layout {
  readonly format: (value: number) => string;
  readonly shorten: boolean;
  readonly separator: string;
  /** Of a line, before its separator or closing brackets. */
  readonly width: number;
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
  if (axis === x.ndim - 1) return `[${wrapLine(items, indent, layout)}]`;
  const between = layout.separator.trimEnd() + "\n".repeat(x.ndim - axis - 1) + indent;
  return `[${items.join(between)}]`;
}

function wrapLine(items: readonly string[], indent: string, { separator, width }: Layout): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const longer = line === "" ? item : line + separator + item;
    if (line !== "" && indent.length + longer.length > width) {
      lines.push((line + separator).trimEnd());
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
    yield x.data[offset]!;
    return;
  }
  const length = x.shape[axis]!;
  for (const index of shownIndices(length, shorten)) {
    if (index !== undefined) yield* shownElements(x, shorten, axis + 1, offset * length + index);
  }
}

/** One format for all elements, so that points and exponents line up. */
function elementFormat(values: readonly number[], precision: number, same: SameNumber): (value: number) => string {
  const finite = values.filter(Number.isFinite);
  const scientific = needsExponent(finite);
  const shortest = (value: number): Parts => splitNumber(shortestText(value, scientific, precision, same));
  const decimals = Math.max(0, ...finite.map((value) => shortest(value).fraction.length));
  const exponentDigits = Math.max(2, ...finite.map((value) => shortest(value).exponent.length));
  const write = (value: number): string => {
    if (Number.isNaN(value)) return "nan";
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
    const minus = Object.is(value, -0) ? "-" : "";
    return (
      minus + (scientific ? writeScientific(value, decimals, exponentDigits) : writePadded(shortest(value), decimals))
    );
  };
  const width = Math.max(...values.map((value) => write(value).length));
  return (value) => write(value).padStart(width);
}

/** `2.5`, then blanks up to the longest fraction: NumPy pads with spaces, not zeros. */
const writePadded = ({ whole, fraction }: Parts, decimals: number): string => `${whole}.${fraction.padEnd(decimals)}`;

function writeScientific(value: number, decimals: number, exponentDigits: number): string {
  const { whole, fraction, sign, exponent } = splitNumber(roundToEven((n) => value.toExponential(n), decimals));
  return `${whole}.${fraction.padEnd(decimals, "0")}e${sign}${exponent.padStart(exponentDigits, "0")}`;
}

/** NumPy's rule: very large, very small, or both at once. */
function needsExponent(finite: readonly number[]): boolean {
  const sizes = finite.map(Math.abs).filter((size) => size > 0);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  return sizes.length > 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
}

type SameNumber = (a: number, b: number) => boolean;

const isSameFloat32: SameNumber = (a, b) => Math.fround(a) === Math.fround(b);
const isSameFloat64: SameNumber = (a, b) => a === b;

/** The fewest digits after the point that still tell `value` from its neighbours, `precision` of them at most. */
function shortestText(value: number, scientific: boolean, precision: number, same: SameNumber): string {
  const write = (decimals: number) => (scientific ? value.toExponential(decimals) : value.toFixed(decimals));
  for (let decimals = 0; decimals < precision; decimals++) {
    if (same(Number(write(decimals)), value)) return roundToEven(write, decimals);
  }
  return roundToEven(write, precision);
}

/** JavaScript rounds a tie up, NumPy to the even digit: 0.001953125 (2⁻⁹) becomes 0.00195312. */
function roundToEven(write: (decimals: number) => string, decimals: number): string {
  const [mantissa, exponent] = write(decimals + 30).split("e") as [string, string?];
  const kept = mantissa.slice(0, -30).replace(/\.$/, "");
  const isTieAfterEven = /[02468]$/.test(kept) && /^50*$/.test(mantissa.slice(-30));
  if (!isTieAfterEven) return write(decimals);
  return exponent === undefined ? kept : `${kept}e${exponent}`;
}

interface Parts {
  readonly whole: string;
  /** Without zeros at its end. */
  readonly fraction: string;
  readonly sign: string;
  readonly exponent: string;
}

function splitNumber(text: string): Parts {
  const [, whole = "", fraction = "", sign = "", exponent = ""] =
    /^(-?\d+)(?:\.(\d*?)0*)?(?:e([+-])(\d+))?$/.exec(text) ?? [];
  return { whole, fraction, sign, exponent };
}
