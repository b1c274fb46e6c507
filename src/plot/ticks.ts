// Where ticks go and what they say, in French: 0,5 and 20 000 and 10⁻⁴.
import type { Axis } from "./figure.js";
import { roundStep } from "./numbers.js";

interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Round numbers from `low` to `high`, every `step`. */
export function linearTicks(low: number, high: number, step: number): Tick[] {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => {
    const value = (first + k) * step;
    return { value, label: frenchDigits(value.toFixed(decimals)) };
  });
}

/** Powers of ten between two given powers of ten; with 2 and 5 between them where there are fewer than three. */
export function logTicks(low: number, high: number): Tick[] {
  const powers = Array.from({ length: Math.floor(high) - Math.floor(low) + 1 }, (_, k) => Math.floor(low) + k);
  const factors = high - low < 3 ? [1, 2, 5] : [1];
  return powers
    .flatMap((power) => factors.map((factor) => ({ factor, power, log: power + Math.log10(factor) })))
    .filter(({ log }) => log >= low - 1e-9 && log <= high + 1e-9)
    .map(({ factor, power }) => ({ value: Number(`${factor}e${power}`), label: powerLabel(factor, power) }));
}

/** The ticks of an axis: those it names, else about `count` round ones. */
export function ticksOf(axis: Pick<Axis, "range" | "dtick" | "tickvals" | "ticktext">, count: number): Tick[] {
  if (axis.tickvals) return axis.tickvals.map((value, k) => ({ value, label: axis.ticktext?.[k] ?? String(value) }));
  const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
  return linearTicks(low, high, axis.dtick ?? roundStep(high - low, count));
}

function powerLabel(factor: number, power: number): string {
  if (Math.abs(power) <= 3) return frenchDigits((factor * 10 ** power).toFixed(Math.max(0, -power)));
  return `${factor === 1 ? "" : `${factor}·`}10${raised(power)}`;
}

const raised = (power: number): string =>
  [...String(power)].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)])).join("");

/** A true minus and no « −0 », a decimal comma, thin spaces between thousands. */
function frenchDigits(digits: string): string {
  const [whole = "", decimals] = digits
    .replace(/^-(?=0(\.0*)?$)/, "")
    .replace("-", "−")
    .split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return decimals === undefined ? grouped : `${grouped},${decimals}`;
}
