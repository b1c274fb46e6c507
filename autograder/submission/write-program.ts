// The statements that exercises need, as one program, and from its lines back to the student's.
import { inOrder, type Scope } from "./order.js";
import type { Statement } from "./statements.js";
import type { Origin } from "./submission.js";

export interface WrittenProgram {
  readonly program: string;
  /** Those it is made of, in its order. */
  readonly statements: readonly Statement[];
  /** What it takes from the library and what it exports, name by name: `exp`, `* as rp`, `mine as softmax`. */
  readonly names: readonly string[];
  readonly origins: readonly Origin[];
  /** Declarations that stand before others which their author wrote first. */
  readonly moved: readonly Statement[];
}

/** Imports on the first lines, then the statements, each on its own lines; exports at the end. */
export function writeProgram(
  statements: readonly Statement[],
  code: Scope,
  exported: ReadonlyMap<string, Statement>,
): WrittenProgram {
  const { ordered, moved } = inOrder(statements, code);
  const once = withoutTwins(ordered);
  const imports = importClauses(statements, code);
  const lines = importLines(imports);
  const origins = once.map(({ text, piece, line }) => {
    const from = lines.length + 1;
    lines.push(...text.split("\n"));
    return { from, lines: lines.length + 1 - from, place: piece.place, line };
  });
  const names = [...exported].map(([name, root]) => (root.name === name ? name : `${root.name} as ${name}`));
  const program = [...lines, `export { ${names.join(", ")} };`, ""].join("\n");
  return { program, statements: once, names: [...imports, ...names], origins, moved };
}

/** `const { exp, log } = Math;` is one text under two names. */
function withoutTwins(statements: readonly Statement[]): Statement[] {
  const seen = new Set<string>();
  return statements.filter(({ name, text, piece, line }) => {
    const key = `${piece.place}:${line}:${text}`;
    if (name !== undefined && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function importLines(clauses: readonly string[]): string[] {
  const named = clauses.filter((clause) => !clause.startsWith("*"));
  const spaces = clauses.filter((clause) => clause.startsWith("*"));
  return [
    ...(named.length === 0 ? [] : [`import { ${named.join(", ")} } from "retroprop";`]),
    ...spaces.map((clause) => `import ${clause} from "retroprop";`),
  ];
}

function importClauses(statements: readonly Statement[], code: Scope): string[] {
  const declared = new Set(statements.flatMap(({ name, isType }) => (isType ? [] : (name ?? []))));
  const mentioned = (kind: "values" | "types") =>
    new Set(statements.flatMap((statement) => [...code.referencesOf(statement)[kind]]));
  const values = mentioned("values");
  const types = mentioned("types");
  const used = [...code.imports.values()].filter(
    ({ local, module }) => module === "retroprop" && !declared.has(local) && (values.has(local) || types.has(local)),
  );
  return used.map(({ local, imported, typeOnly }) => {
    if (imported === "*") return `* as ${local}`;
    const prefix = typeOnly || !values.has(local) ? "type " : "";
    return prefix + (local === imported ? local : `${imported} as ${local}`);
  });
}
