// In which order the statements of a program run: the student's, except for what must have run before something above it.
import type { References } from "./references.js";
import type { Import, Statement } from "./statements.js";

/** What names mean in a submission. */
export interface Scope {
  readonly referencesOf: (statement: Statement) => References;
  /** The definition that counts. */
  readonly chosen: ReadonlyMap<string, Statement>;
  readonly imports: ReadonlyMap<string, Import>;
}

/**
 * A class follows the one it extends, and a constant what it is computed from, wherever these were last written: cells run in
 * any order, and are rewritten further down.
 */
export function inOrder(statements: readonly Statement[], scope: Scope): { ordered: Statement[]; moved: Statement[] } {
  const kept = new Set(statements);
  const met = new Set<Statement>();
  const ordered: Statement[] = [];
  const moved: Statement[] = [];
  const place = (statement: Statement): void => {
    if (!kept.has(statement) || met.has(statement)) return;
    met.add(statement);
    for (const first of neededBefore(statement, scope)) place(first);
    ordered.push(statement);
  };
  for (const statement of statements) {
    const before = ordered.length;
    place(statement);
    moved.push(...ordered.slice(before, -1).filter(({ isLazy }) => !isLazy));
  }
  return { ordered, moved };
}

function neededBefore(statement: Statement, scope: Scope): Statement[] {
  const bases = statement.bases.flatMap((base) => scope.chosen.get(base) ?? []);
  return statement.isLazy ? bases : [...bases, ...reachedFrom(statement, scope)];
}

/** What may run while this statement does: what it mentions, and what the functions and classes among these mention. */
function reachedFrom(statement: Statement, { chosen, referencesOf }: Scope): Statement[] {
  const reached = new Set([statement]);
  for (const one of reached) {
    if (one !== statement && !one.isLazy) continue; // it is placed after what it needs itself
    for (const name of referencesOf(one).values) {
      const found = chosen.get(name);
      if (found !== undefined) reached.add(found);
    }
  }
  reached.delete(statement);
  return [...reached];
}
