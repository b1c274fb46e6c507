// Whether calls owe nothing to one another: a second one must not change what the first gave, nor a third repeat it.
import type { NdArray } from "retroprop";
import type { Expect } from "../../../judge/expect.js";
import { type Explanation, field } from "../../../judge/explain.js";
import { sameValue } from "../../../judge/same-value.js";
import type { Sent, Student } from "../../../judge/student.js";
import { known } from "../messages.fr.js";
import type { Scope } from "../scope.js";

type Name = "affineTransform" | "backwardAffineTransform" | "softmax" | "backwardNll";

/**
 * Calls twice, with other arguments of the same shapes; the first result is looked at before the second call and after it.
 * Then once more with the first arrays, which hold the numbers of the second by then, as W and b do in training.
 */
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
      const copy = (result: unknown) => (Array.isArray(result) ? result.map(copyOf) : copyOf(result));
      const kept = await call(...first);
      const before = copy(kept);
      const other = copy(await call(...second));
      const after = copy(kept);
      const isArray = (one: unknown): one is NdArray => typeof one === "object";
      for (const [i, one] of first.entries()) if (isArray(one)) one.copy_(second[i] as NdArray);
      const again = await call(...first.map((one, i) => (isArray(one) ? one : second[i])));
      return { before, after, other, again };
    },
    { name, first, second },
  );
  const { before, after, other, again } = expect(run).toHaveFields("before", "after", "other", "again");
  const isKept = () => sameValue(before, after);
  expect(after, "le premier résultat").toSatisfy(isKept, "Un second appel change le résultat du premier.");
  const isAnew = () => sameValue(again, other);
  expect(again, "les mêmes tableaux, d'autres nombres").toSatisfy(
    isAnew,
    "Le résultat est celui d'un appel précédent.",
  );
}

export const keptResultMistakes: readonly Explanation[] = known({
  "résultat partagé entre deux appels": ({ received }) =>
    field(received, "before") !== undefined && !sameValue(field(received, "before"), field(received, "after")),
  "résultat d'un appel précédent": ({ received }) =>
    field(received, "again") !== undefined && sameValue(field(received, "before"), field(received, "again")),
});
