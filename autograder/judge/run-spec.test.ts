import { zeros } from "retroprop";
import { describe, expect, test } from "vitest";
import { LocalStudent } from "./local-student.js";
import { runExercise, runExercises, testSeed } from "./run-spec.js";
import { exercise, hiddenExercise, joinExercises, type SpecTest, type TestOptions } from "./spec.js";
import type { CallResult, Student } from "./student.js";
import { type FaultKind, StudentFault } from "./student-fault.js";
import { toStudentExercise } from "./student-report.js";

const head = { id: "tp9.twice", name: "twice", title: "Le double" };
const options: TestOptions = { points: 1 };
const callsTwice: SpecTest["body"] = async ({ student, expect }) => {
  expect(await student.call("twice", 21)).toBe(42);
};
const twice = exercise(head, ({ test }) => test("Rend le double.", options, callsTwice));
const hiddenTwice = hiddenExercise(head, ({ test }) =>
  test("Rend le double.", { ...options, hint: "Deux fois." }, callsTwice),
);

const resultOf = async (
  functions: Readonly<Record<string, unknown>>,
  spec: typeof twice | typeof hiddenTwice = twice,
) => (await runExercise(spec, new LocalStudent(functions), { seed: 1 })).tests[0]!;

/** A student whose every call ends in this fault. */
function faulty(kind: FaultKind): Student {
  const fail = async (): Promise<never> => {
    throw new StudentFault(kind, { name: "Error", message: "text of a student" });
  };
  const failing = async function* () {
    yield await fail();
  };
  return {
    ...{ call: fail, callAndReturnArguments: fail as () => Promise<CallResult>, evaluate: fail },
    ...{ callEach: failing, evaluateEach: failing },
  };
}

describe("runExercise", () => {
  test("gives the points of a test that passes, whether the answer comes at once or later", async () => {
    for (const answer of [(x: number) => 2 * x, async (x: number) => 2 * x]) {
      expect(await resultOf({ twice: answer })).toMatchObject({ verdict: "correct", earned: 1, message: "" });
    }
  });

  test.each<[FaultKind, string]>([
    ["threw", "runtime-error"],
    ["ended", "runtime-error"],
    ["time-limit", "time-limit"],
    ["memory-limit", "memory-limit"],
    ["output-limit", "output-limit"],
    ["unreadable", "wrong"],
    ["missing", "missing"],
    ["does-not-compile", "does-not-compile"],
    ["ours", "not-graded"],
  ])("makes of the fault %s the verdict %s, with a French reason and no point", async (kind, verdict) => {
    const { tests } = await runExercise(twice, faulty(kind), { seed: 1 });
    expect(tests[0]).toMatchObject({ verdict, earned: 0 });
    expect(tests[0]!.message).toMatch(/^(Votre|Ce|Le|twice) .+/);
  });

  test("runs the visible tests of all exercises before any hidden one: these tell nothing to what a student reads", async () => {
    const other = { ...head, id: "tp9.other" };
    const called: number[] = [];
    const asks =
      (x: number): SpecTest["body"] =>
      async ({ student, expect }) =>
        expect(await student.call("twice", x)).toBe(0);
    const spec = joinExercises(
      [
        exercise(head, ({ test }) => test("1", options, asks(1))),
        exercise(other, ({ test }) => test("2", options, asks(2))),
      ],
      [hiddenExercise(head, ({ test }) => test("3", options, asks(3)))],
    );
    const results = await runExercises(spec, new LocalStudent({ twice: (x: number) => called.push(x) && 0 }), {
      seed: 1,
    });
    expect(called).toEqual([1, 2, 3]);
    expect(results.map(({ tests }) => tests.map(({ title }) => title))).toEqual([["1", "3"], ["2"]]);
  });

  test("goes on after a test that fails, and adds up what was earned", async () => {
    const both = exercise(head, ({ test }) => {
      test("Lève.", options, async ({ student }) => void (await student.call("absent")));
      test("Rend le double.", options, callsTwice);
    });
    const result = await runExercise(both, new LocalStudent({ twice: (x: number) => 2 * x }), { seed: 1 });
    expect(result).toMatchObject({ points: 2, earned: 1 });
    expect(result.tests.map(({ verdict }) => verdict)).toEqual(["missing", "correct"]);
  });

  test("says of unfinished code that it is, and of code that uses some, which", async () => {
    const todo = (name: string) => () => {
      throw new Error(`À compléter : ${name}`);
    };
    expect(await resultOf({ twice: todo("twice") })).toMatchObject({
      verdict: "missing",
      message: "twice\u00a0: pas encore complété.",
    });
    expect((await resultOf({ twice: todo("once") })).message).toContain("d'une autre, once, pas encore complétée");
    expect((await resultOf({ twice: todo("abcdef") }, hiddenTwice)).message).not.toContain("abcdef");
  });

  test("points at a line where the program threw, in the words of what was handed in", async () => {
    const student = faulty("threw");
    const located: Student = {
      ...student,
      callAndReturnArguments: async () => {
        throw new StudentFault("threw", { name: "TypeError", message: "x is not a function", line: 7 });
      },
    };
    const { tests } = await runExercise(twice, located, { seed: 1, locate: (line) => `cellule 3, ligne ${line - 4}` });
    expect(tests[0]!.message).toBe(
      "Votre programme s'arrête sur une erreur, cellule 3, ligne 3\u00a0: TypeError\u00a0: x is not a function",
    );
    const hidden = await runExercise(hiddenTwice, located, { seed: 1, locate: (line) => `cellule 3, ligne ${line}` });
    expect(hidden.tests[0]!.message).toBe("Votre programme s'arrête sur une erreur (TypeError)."); // it chooses its places
  });

  test("names a mistake that any function can have", async () => {
    expect(await resultOf({ twice: () => {} })).toMatchObject({ mistake: "valeur de retour oubliée" });
    expect(await resultOf({ twice: () => Number.NaN })).toMatchObject({ mistake: "NaN dans le résultat" });
    expect(await resultOf({ twice: () => () => 42 })).toMatchObject({
      mistake: "fonction renvoyée sans être appelée",
    });
    const mixing = () => zeros([2]).add(zeros([2], { dtype: "float64" }));
    expect(await resultOf({ twice: mixing })).toMatchObject({ mistake: "float32 et float64 mêlés" });
  });

  test("prefers a mistake that an earlier test of the exercise has shown", async () => {
    const explain = ["une autre", "la même"].map((mistake) => ({ mistake, say: mistake, when: () => true }));
    const spec = exercise(head, ({ test }) => {
      test("Un.", { ...options, explain: explain.slice(1) }, callsTwice);
      test("Deux.", { ...options, explain }, callsTwice);
    });
    const { tests } = await runExercise(spec, new LocalStudent({ twice: () => 0 }), { seed: 1 });
    expect(tests.map(({ mistake }) => mistake)).toEqual(["la même", "la même"]);
  });

  test("does not grade on a test that expects nothing, or fails by itself", async () => {
    for (const body of [async () => {}, async () => Promise.reject(new TypeError("oops"))]) {
      const spec = exercise(head, ({ test }) => test("Rien.", options, body));
      const { tests } = await runExercise(spec, new LocalStudent({}), { seed: 1 });
      expect(tests[0]).toMatchObject({ verdict: "not-graded", earned: 0 });
      expect(tests[0]!.staffEvidence?.received).toMatch(/^internal: (SpecError|TypeError)/);
    }
  });
});

describe("a test that expects NaN or infinity", () => {
  const compares = (expected: (answer: number) => number) =>
    exercise(head, ({ test }) =>
      test("Rend deux fois la même chose.", options, async ({ student, expect }) => {
        expect(await student.call("twice", 1)).toBeCloseTo(expected(Number(await student.call("twice", 1))));
      }),
    );

  test("is failed by the student who gave that number, and is no fault of ours", async () => {
    for (const answer of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const test = await resultOf({ twice: () => answer }, compares(Number));
      expect(test).toMatchObject({ verdict: "wrong", earned: 0 });
    }
  });

  test("is failed as well by the student whose finite number made it, which no reference gives", async () => {
    const test = await resultOf(
      { twice: () => 1.5e308 },
      compares((answer) => 2 * answer),
    );
    expect(test).toMatchObject({ verdict: "wrong", earned: 0, message: expect.stringContaining("démesurés") });
  });

  test("is a fault of ours when every answer was finite, and its student is not shown the English reason", async () => {
    const staff = await runExercise(
      compares(() => Number.NaN),
      new LocalStudent({ twice: () => 2 }),
      { seed: 1 },
    );
    expect(staff.tests[0]).toMatchObject({ verdict: "not-graded", earned: 0 });
    expect(staff.tests[0]!.staffEvidence?.received).toMatch(/^internal/);
    expect(toStudentExercise(staff).tests[0]).not.toHaveProperty("evidence");
  });
});

describe("a hidden test", () => {
  test("shows its student a sentence and the hint, staff the values", async () => {
    const staff = await runExercise(hiddenTwice, new LocalStudent({ twice: () => 43 }), { seed: 1 });
    expect(staff.tests[0]!.staffEvidence).toEqual({ expected: "42", received: "43" });
    expect(toStudentExercise(staff).tests[0]).toEqual({
      visibility: "hidden",
      title: "Rend le double.",
      points: 1,
      earned: 0,
      verdict: "wrong",
      message: "La valeur obtenue n'est pas la bonne. Deux fois.",
    });
  });

  test("never repeats what the student's code threw", async () => {
    const leak = (x: number) => {
      throw Object.assign(new Error(`x = ${x}`), { name: `Error${x}` });
    };
    expect((await resultOf({ twice: leak }, hiddenTwice)).message).not.toContain("21");
    expect((await resultOf({ twice: leak })).message).toContain("x = 21");
  });
});

describe("what a test draws", () => {
  test("depends on the seed, the exercise and the title, and on nothing else", () => {
    expect(testSeed(1, "a", "t")).toBe(testSeed(1, "a", "t"));
    const others = [testSeed(2, "a", "t"), testSeed(1, "b", "t"), testSeed(1, "a", "u")];
    expect(new Set([testSeed(1, "a", "t"), ...others]).size).toBe(4);
  });

  test("is drawn once for all who are graded with one seed, and is what its own generator would give", async () => {
    const drawn: number[] = [];
    const seen: unknown[] = [];
    const draws = exercise(head, ({ test }) =>
      test("Tire.", options, async ({ random, drawOnce, expect }) => {
        const once = drawOnce((generator) => {
          drawn.push(generator.next());
          return { number: drawn.at(-1)! };
        });
        seen.push(once, random.next());
        expect(1).toBe(1);
      }),
    );
    for (const seed of [1, 1, 2, 1]) await runExercise(draws, new LocalStudent({}), { seed });
    await runExercise({ ...draws, id: "tp9.other" }, new LocalStudent({}), { seed: 1 });
    expect(drawn).toHaveLength(4);
    expect(seen[0]).toBe(seen[2]);
    expect(drawn[2]).toBe(drawn[0]);
    expect(new Set(drawn).size).toBe(3);
    expect(seen.filter((_, i) => i % 2 === 1)).toEqual([drawn[0], drawn[0], drawn[1], drawn[0], drawn[3]]);
  });
});

describe("a spec", () => {
  test("without a test, with two of one title, or with odd points, is refused", () => {
    expect(() => exercise(head, () => {})).toThrow("an exercise without a test");
    const sameTitle = () =>
      exercise(head, ({ test }) => {
        test("Un.", options, callsTwice);
        test("Un.", options, callsTwice);
      });
    expect(sameTitle).toThrow("two tests are called « Un. »");
    expect(() => exercise(head, ({ test }) => test("Un.", { points: 0.3 }, callsTwice))).toThrow("quarters");
  });

  test("joins visible and hidden tests of an exercise, and refuses hidden ones alone", () => {
    const other = hiddenExercise(head, ({ test }) => test("Caché.", options, callsTwice));
    expect(joinExercises([twice], [other])[0]!.tests.map(({ visibility }) => visibility)).toEqual([
      "visible",
      "hidden",
    ]);
    expect(() => joinExercises([], [other])).toThrow("hidden tests of an exercise without visible ones");
  });

  test("use nothing that comes after them, nor themselves: none is ever graded beside its own answer", () => {
    const using = (id: string, ...uses: string[]) => ({ ...twice, id, uses });
    const [a, b] = [using("tp9.a"), using("tp9.b", "tp9.a")];
    expect(joinExercises([a, b], [])).toHaveLength(2);
    expect(() => joinExercises([b, a], [])).toThrow("tp9.b: uses tp9.a, which does not come before it");
    expect(() => joinExercises([using("tp9.a", "tp9.a")], [])).toThrow("tp9.a: uses tp9.a");
  });
});
