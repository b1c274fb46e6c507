// Any value as text, as `console.log` would print it: never coloured, never too long, whatever the value does.
import { inspect } from "node:util";

/** Levels that `console.log` shows, and those shown while the text stays short. */
const usualDepth = 2;
const deeperDepth = 4;
const shortText = 4_000;
const longestText = 100_000;

/** What `console.log` prints, deeper where that is short; a string in quotes. Getters are not run. */
export function inspectText(value: unknown): string {
  const usual = inspectSafely(value, usualDepth);
  const deeper = usual.length < shortText && hidesLevels(usual) ? inspectSafely(value, deeperDepth) : usual;
  return shorten(deeper.length < shortText ? deeper : usual);
}

const hidesLevels = (text: string): boolean => /\[[A-Z][\w$]*\]/.test(text);

function inspectSafely(value: unknown, depth: number): string {
  const limits = { depth, colors: false, compact: 3, maxArrayLength: 100, maxStringLength: 10_000 };
  try {
    return inspect(value, { ...limits, customInspect: true });
  } catch {
    return inspectPlainly(value, limits);
  }
}

/** For a value whose own `inspect.custom` fails, and for one that nothing can look into. */
function inspectPlainly(value: unknown, limits: object): string {
  try {
    return inspect(value, { ...limits, customInspect: false });
  } catch {
    return `[${typeof value} that cannot be inspected]`;
  }
}

function shorten(text: string): string {
  const rest = text.length - longestText;
  return rest <= 0 ? text : `${text.slice(0, longestText)}\n… ${rest} more characters`;
}
