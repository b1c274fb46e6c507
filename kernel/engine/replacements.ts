// A name declared again, as when its cell runs again with another value: functions of earlier cells then see the new one, if
// they can: if they were checked against a type that it has too. If not, they keep the old one.
import type TS from "typescript";
import type { CellSource, NameKind } from "./cell-source.js";
import type { OwnedName } from "./names.js";
import { ts } from "./typescript.js";

/** Under which name a checked module imports the old value of one that it declares again. */
export const earlierName = (name: string): string => `__earlier_${name}`;

/** Those of the names that the new declarations in the module at `path` can stand for. */
export function replaceable(
  again: readonly OwnedName[],
  { declared }: CellSource,
  program: TS.Program,
  path: string,
): OwnedName[] {
  if (again.length === 0) return [];
  const checker = program.getTypeChecker();
  const end = program.getSourceFile(path)!.endOfFileToken;
  const typeOf = (name: string): TS.Type | undefined => {
    const symbol = checker.resolveName(name, end, ts.SymbolFlags.Value | ts.SymbolFlags.Alias, false);
    if (symbol === undefined) return undefined;
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return checker.getBaseTypeOfLiteralType(checker.getTypeOfSymbol(target));
  };
  return again.filter(({ name, kind }) => {
    const now = declared.find((one) => one.name === name)!;
    if (kind === "variable" && now.kind !== "variable") return false;
    const [newType, oldType] = [typeOf(now.local), typeOf(earlierName(name))];
    if (newType === undefined || oldType === undefined) return false;
    return areClasses(kind, now.kind) || checker.isTypeAssignableTo(newType, oldType);
  });
}

/** A class with private names is never assignable to another; one whose cell runs again is meant to replace the old. */
const areClasses = (...kinds: readonly NameKind[]): boolean => kinds.every((kind) => kind === "class");

/** Which exports follow those of a later cell. */
export class Replacements {
  readonly #followers = new Map<string, object[]>();

  /** From now on `name` means in `old`, and in all that followed it, what it means in `now`. */
  follow(name: string, old: object, now: object): void {
    const followers = [...(this.#followers.get(name) ?? []), old];
    this.#followers.set(name, followers);
    for (const exports of followers) {
      Object.defineProperty(exports, name, {
        get: () => Reflect.get(now, name) as unknown,
        set: (value: unknown) => void Reflect.set(now, name, value),
        enumerable: true,
        configurable: true,
      });
    }
  }

  /** Those who followed the old `name` stay with it. */
  leave(name: string): void {
    this.#followers.delete(name);
  }
}
