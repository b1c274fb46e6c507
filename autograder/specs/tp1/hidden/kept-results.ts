// Whether a result is the student's to keep: a second call must not change what the first one gave.
import type { Expect } from "../../../judge/expect.js";
import { type Explanation, field } from "../../../judge/explain.js";
import { sameValue } from "../../../judge/same-value.js";
import type { Sent, Student } from "../../../judge/student.js";
import { known } from "../messages.fr.js";
import type { Scope } from "../scope.js";

type Name = "affineTransform" | "backwardAffineTransform" | "softmax" | "backwardNll";

/** Calls twice, with other arguments; the first result is looked at before the second call and after it. */
export async function expectKeptResult(
  expect: Expect,
  student: Student,
  name: Name,
  first: readonly Sent[],
  second: readonly Sent[],
): Promise<void> {
  const run = await student.evaluate(
    async ({ tp }: Scope, { name, first, second }) => {
      const call = tp[name as "softmax"] as (...args: readonly unknown[]) => unknown;
      type Copied = { clone?(): unknown; slice?(): unknown } | undefined;
      const copyOf = (one: unknown): unknown => (one as Copied)?.clone?.() ?? (one as Copied)?.slice?.() ?? one;
      const kept = await call(...first);
      const before = Array.isArray(kept) ? kept.map(copyOf) : copyOf(kept);
      await call(...second);
      return { before, after: kept };
    },
    { name, first, second },
  );
  const { before, after } = expect(run).toHaveFields("before", "after");
  const isKept = () => sameValue(before, after);
  expect(after, "le premier résultat").toSatisfy(isKept, "Un second appel change le résultat du premier.");
}

export const keptResultMistakes: readonly Explanation[] = known({
  "résultat partagé entre deux appels": ({ received }) =>
    field(received, "before") !== undefined && !sameValue(field(received, "before"), field(received, "after")),
});
