// How a spec is written: `exercise(softmax, ({ test }) => { test("une phrase", { points: 1 }, async ({ student, … }) => …) })`.
// A visible exercise is given to students as it stands; a hidden one may compare with the reference of `retroprop`.
import type { RandomGenerator } from "retroprop";
import type { Expect } from "./expect.js";
import type { Explanation } from "./explain.js";
import type { Student } from "./student.js";

/** Which function or class an exercise asks for. */
export interface ExerciseHead {
  /** `tp1.backward-nll` */
  readonly id: string;
  /** The exported name: `backwardNll`. */
  readonly name: string;
  /** In French, as in the manifest. */
  readonly title: string;
  /** Exercises whose answers this one calls, as in the manifest: while one of them is wrong, so may this one be. */
  readonly uses?: readonly string[];
  /** Names of the code that students receive and that the tests need beside the answer. */
  readonly given?: readonly string[];
}

export interface TestContext {
  readonly student: Student;
  /** The same numbers for the same run seed, exercise and title, whatever the order or the other tests. */
  readonly random: RandomGenerator;
  /**
   * What `draw` gives with that generator, new: computed for the first who is graded with a seed, and shared by all others.
   * Nobody may change it.
   */
  readonly drawOnce: <Drawn>(draw: (random: RandomGenerator) => Drawn) => Drawn;
  readonly expect: Expect;
}

export interface TestOptions {
  /** In quarters, so that sums are exact. */
  readonly points: number;
  /** For a student whose mistake was not recognised; holds no input and no expected value. */
  readonly hint?: string;
  /** Known mistakes this test shows, the most particular first. */
  readonly explain?: readonly Explanation[];
  /** Of each call, where it is not the usual one. */
  readonly timeLimitMs?: number;
}

export type Visibility = "visible" | "hidden";

/** One sentence of behaviour, in French, and how to see whether it holds. */
export interface SpecTest<V extends Visibility = Visibility> extends TestOptions {
  readonly visibility: V;
  readonly title: string;
  readonly body: (context: TestContext) => Promise<void>;
}

export interface Exercise<V extends Visibility = Visibility> extends ExerciseHead {
  readonly tests: readonly SpecTest<V>[];
}

export type VisibleExercise = Exercise<"visible">;
export type HiddenExercise = Exercise<"hidden">;

type DeclareTest = (title: string, options: TestOptions, body: SpecTest["body"]) => void;
type DeclareTests = (scope: { readonly test: DeclareTest }) => void;

/** Tests a student may read and run: literals and properties, never a reference. */
export const exercise = (head: ExerciseHead, declare: DeclareTests): VisibleExercise =>
  collect(head, "visible", declare);

/** Tests of which a student sees the title and the hint. */
export const hiddenExercise = (head: ExerciseHead, declare: DeclareTests): HiddenExercise =>
  collect(head, "hidden", declare);

/** The tests of both kinds, exercise by exercise, in the order of `visible`. */
export function joinExercises(visible: readonly VisibleExercise[], hidden: readonly HiddenExercise[]): Exercise[] {
  const stray = hidden.find(({ id }) => !visible.some((other) => other.id === id));
  if (stray !== undefined) throw new SpecError(`${stray.id}: hidden tests of an exercise without visible ones`);
  expectOrder(visible);
  return visible.map((exercise) => {
    const more = hidden.filter(({ id }) => id === exercise.id).flatMap(({ tests }) => tests);
    return { ...exercise, tests: expectTitles(exercise.id, [...exercise.tests, ...more]) };
  });
}

/** Nothing uses what comes after it: no exercise is ever graded beside its own answer. */
function expectOrder(heads: readonly ExerciseHead[]): void {
  for (const [i, { id, uses = [] }] of heads.entries()) {
    const later = heads.slice(i).find((head) => uses.includes(head.id));
    if (later !== undefined) throw new SpecError(`${id}: uses ${later.id}, which does not come before it`);
  }
}

/** A fault of a spec's author. */
export class SpecError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SpecError";
  }
}

function collect<V extends Visibility>(head: ExerciseHead, visibility: V, declare: DeclareTests): Exercise<V> {
  const tests: SpecTest<V>[] = [];
  declare({
    test(title, options, body) {
      if (!(options.points >= 0 && Number.isInteger(4 * options.points))) {
        throw new SpecError(`${head.id}: « ${title} »: points come in quarters, received ${options.points}`);
      }
      tests.push({ ...options, visibility, title, body });
    },
  });
  if (tests.length === 0) throw new SpecError(`${head.id}: an exercise without a test shows nothing`);
  return { ...head, tests: expectTitles(head.id, tests) };
}

/** Titles seed the inputs of their tests: two of the same would draw the same. */
function expectTitles<Test extends SpecTest>(id: string, tests: readonly Test[]): readonly Test[] {
  const titles = tests.map(({ title }) => title);
  const twice = titles.find((title, i) => titles.indexOf(title) !== i);
  if (twice !== undefined) throw new SpecError(`${id}: two tests are called « ${twice} »`);
  return tests;
}
