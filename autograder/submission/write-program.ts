// The statements that exercises need, as one program, and from its lines back to the student's.
import { inOrder, type Scope } from "./order.js";
import type { Statement } from "./statements.js";
import type { Origin } from "./submission.js";

export interface WrittenProgram {
  readonly program: string;
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
  // `const { exp, log } = Math;` is one text under two names.
  const { ordered, moved } = inOrder(statements, code);
  const once = ordered.filter(({ text, piece, line }, i) => {
    const twin = ordered[i - 1];
    return twin === undefined || twin.text !== text || twin.piece !== piece || twin.line !== line;
  });
  const lines = importLines(statements, code);
  const origins = once.map(({ text, piece, line }) => {
    const from = lines.length + 1;
    lines.push(...text.split("\n"));
    return { from, lines: lines.length + 1 - from, place: piece.place, line };
  });
  const names = [...exported].map(([name, root]) => (root.name === name ? name : `${root.name} as ${name}`));
  return { program: [...lines, `export { ${names.join(", ")} };`, ""].join("\n"), origins, moved };
}

function importLines(statements: readonly Statement[], code: Scope): string[] {
  const declared = new Set(statements.flatMap(({ name, isType }) => (isType ? [] : (name ?? []))));
  const mentioned = (kind: "values" | "types") =>
    new Set(statements.flatMap((statement) => [...code.referencesOf(statement)[kind]]));
  const values = mentioned("values");
  const types = mentioned("types");
  const used = [...code.imports.values()].filter(
    ({ local, module }) => module === "retroprop" && !declared.has(local) && (values.has(local) || types.has(local)),
  );
  const named = used
    .filter(({ imported }) => imported !== "*")
    .map(({ local, imported, typeOnly }) => {
      const prefix = typeOnly || !values.has(local) ? "type " : "";
      return prefix + (local === imported ? local : `${imported} as ${local}`);
    });
  const spaces = used.filter(({ imported }) => imported === "*");
  return [
    ...(named.length === 0 ? [] : [`import { ${named.join(", ")} } from "retroprop";`]),
    ...spaces.map(({ local }) => `import * as ${local} from "retroprop";`),
  ];
}
