// The one import statement of a generated .ts file: which names of the library its code needs.
import ts from "typescript";
import { CourseError, type Place } from "./course-error.js";
import type { Declaration, Library } from "./library.js";
import { namesIn } from "./names.js";

/** A name of the library as a file imports it; `name` differs from `exported` for `exp as fastExp`. */
export interface ImportedName {
  readonly exported: string;
  readonly name: string;
  readonly typeOnly: boolean;
}

/** What `declarations` take from the library and do not declare among themselves. */
export function importsOfDeclarations(
  declarations: readonly Declaration[],
  asked: (symbol: string) => Place,
): ImportedName[] {
  const own = new Set(declarations.map(({ symbol }) => symbol));
  return declarations.flatMap((declaration) =>
    declaration.uses
      .filter((use) => !own.has(use.symbol))
      .map(({ name, exportedAs, typeOnly }) => {
        if (exportedAs === undefined) throw new CourseError(asked(declaration.symbol), unreachable(declaration, name));
        return { exported: exportedAs, name, typeOnly };
      }),
  );
}

const unreachable = ({ symbol }: Declaration, name: string): string =>
  `${symbol} uses \`${name}\`, which a student cannot reach: export it from src/index.ts, show it with \`ts given=…\`, or do without`;

/** What a free-standing block takes from the library; its other names are its own, declared beside it, or global. */
export function importsOfBlock(block: string, library: Library, besides: ReadonlySet<string>): ImportedName[] {
  const { declared, used } = namesIn(block);
  return used
    .filter(({ text }) => library.exports.has(text) && !declared.has(text) && !besides.has(text))
    .map((node) => ({ exported: node.text, name: node.text, typeOnly: ts.isPartOfTypeNode(node) }));
}

/** A block without its imports from the library, which its file writes itself; it may have no others. */
export function withoutImports(block: string, { file, line }: Place): string {
  const parsed = ts.createSourceFile("block.ts", block, ts.ScriptTarget.Latest, true);
  const imports = parsed.statements.filter(ts.isImportDeclaration);
  for (const statement of imports) {
    if (ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text === "retroprop") continue;
    const at = { file, line: line + parsed.getLineAndCharacterOfPosition(statement.getStart()).line };
    throw new CourseError(at, `a \`ts file\` block imports from "retroprop" only, received \`${statement.getText()}\``);
  }
  return imports.reduceRight((text, { pos, end }) => text.slice(0, pos) + text.slice(end), block).trim();
}

/** Of a generated line of code. */
export const widestLine = 120;

/** `import { nll, type NdArray } from "retroprop";`, sorted, over several lines where one is too long. */
export function importStatement(names: readonly ImportedName[]): string {
  const items = mergeNames(names);
  if (items.length === 0) return "";
  const line = `import { ${items.join(", ")} } from "retroprop";`;
  return line.length <= widestLine
    ? line
    : `import {\n${items.map((item) => `  ${item},\n`).join("")}} from "retroprop";`;
}

/** Each name once; as a type only where every use of it is one. */
function mergeNames(names: readonly ImportedName[]): string[] {
  const merged = new Map<string, ImportedName>();
  for (const { typeOnly, ...rest } of names) {
    merged.set(rest.name, { ...rest, typeOnly: typeOnly && (merged.get(rest.name)?.typeOnly ?? true) });
  }
  const sorted = [...merged.values()].sort((a, b) => compareNames(a.exported, b.exported));
  return sorted.map(({ exported, name, typeOnly }) => {
    const item = exported === name ? name : `${exported} as ${name}`;
    return typeOnly ? `type ${item}` : item;
  });
}

/** Without regard to case, then by code unit: the same order on every machine. */
function compareNames(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left === right) return a < b ? -1 : 1;
  return left < right ? -1 : 1;
}
