// What a name stands for, in a word and a line: `function`, `(x: number): string`.
import type TS from "typescript";
import { ts } from "../typescript.js";

export interface SymbolDescription {
  /** Of what an imported name stands for; other names have TypeScript's own word. */
  readonly kind?: string;
  readonly signature?: string;
}

export function describeSymbol(symbol: TS.Symbol, checker: TS.TypeChecker, place: TS.Node): SymbolDescription {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  const kind = isAlias ? kindOf(target) : undefined;
  const signature = signatureOf(target, checker, place);
  return { ...(kind === undefined ? {} : { kind }), ...(signature === undefined ? {} : { signature }) };
}

const flags = ts.SymbolFlags;

/** The first that applies: a function may also be a namespace. `export =` exports the members of an object. */
const kinds: readonly (readonly [flags: TS.SymbolFlags, kind: string])[] = [
  [flags.Function | flags.Method, "function"],
  [flags.Class, "class"],
  [flags.Enum, "enum"],
  [flags.Variable | flags.Property | flags.Accessor, "const"],
  [flags.ValueModule | flags.NamespaceModule, "module"],
  [flags.Interface, "interface"],
  [flags.TypeAlias, "type"],
];

const kindOf = (symbol: TS.Symbol): string | undefined => kinds.find(([which]) => (symbol.flags & which) !== 0)?.[1];

/** Classes, modules and types are said already by their kind and name. */
const typed = flags.Function | flags.Variable | flags.Property | flags.Accessor | flags.Method | flags.EnumMember;

function signatureOf(symbol: TS.Symbol, checker: TS.TypeChecker, place: TS.Node): string | undefined {
  if ((symbol.flags & typed) === 0) return undefined;
  const type = checker.getTypeOfSymbolAtLocation(symbol, place);
  const [call, ...others] = type.getCallSignatures();
  if (call === undefined) return withoutPlaces(checker.typeToString(type, place));
  const more = others.length === 0 ? "" : ` (+${others.length} overload${others.length === 1 ? "" : "s"})`;
  return withoutPlaces(checker.signatureToString(call, place)) + more;
}

/** Of a type that the cell does not import, its name will do. */
const withoutPlaces = (text: string): string => text.replaceAll(/import\("[^"]*"\)\./g, "");
