// Answers of the correct program, one field of them spoilt: whatever a student sends, the fault is never ours.
import { array } from "retroprop";
import { describe, expect, test } from "vitest";
import { type Functions, LocalStudent } from "../judge/local-student.js";
import { runExercise } from "../judge/run-spec.js";
import { asReturned } from "../judge/same-value.js";
import type { Exercise } from "../judge/spec.js";
import type { CallResult, Evaluation, Sent, Student, Value } from "../judge/student.js";
import { gradedSpecs } from "./graded.js";

const seed = "red";

/** What may stand where a number, or anything else, should. */
const spoils: readonly Value[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  undefined,
  null,
  "2.50",
  asReturned(array(1)),
  asReturned([]),
  asReturned({}),
  { kind: "other", what: "a cycle" },
];

/** Remembers the answers of another, in order. */
class Recorder implements Student {
  readonly answers: CallResult[] = [];
  readonly #student: Student;

  constructor(student: Student) {
    this.#student = student;
  }

  call = async (name: string, ...args: readonly Sent[]): Promise<Value> =>
    (await this.callAndReturnArguments(name, ...args)).result;

  async callAndReturnArguments(name: string, ...args: readonly Sent[]): Promise<CallResult> {
    return this.#keep(await this.#student.callAndReturnArguments(name, ...args));
  }

  async evaluate<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: Inputs): Promise<Value> {
    return this.#keep({ result: await this.#student.evaluate(body, inputs), args: [] }).result;
  }

  async *callEach<Args extends readonly Sent[]>(name: string, argLists: readonly Args[]) {
    for await (const call of this.#student.callEach(name, argLists)) yield { ...call, ...this.#keep(call) };
  }

  async *evaluateEach<Inputs extends Sent>(body: Evaluation<Inputs>, inputs: readonly Inputs[]) {
    for await (const call of this.#student.evaluateEach(body, inputs)) yield { ...call, ...this.#keep(call) };
  }

  #keep(answer: CallResult): CallResult {
    this.answers.push(answer);
    return answer;
  }
}

/** Gives answers again, each changed in one place. */
function replaying(answers: readonly CallResult[], change: (value: Value) => Value): Student {
  const left = [...answers];
  const next = async (): Promise<CallResult> => {
    const { result, args } = left.shift()!;
    return { result: change(result), args: args.map(change) };
  };
  const each = async function* <Args>(lists: readonly Args[]) {
    for (const sent of lists) yield { sent, ...(await next()) };
  };
  return {
    call: async () => (await next()).result,
    callAndReturnArguments: next,
    evaluate: async () => (await next()).result,
    callEach: (_, argLists) => each(argLists),
    evaluateEach: (_, inputs) => each(inputs.map((one) => [one] as const)),
  };
}

/** Where values stand: `.history`, then `.history[]`, then `.history[].epoch`. Items of a list stand in one place. */
function placesIn(value: Value, place = ""): string[] {
  if (typeof value !== "object" || value === null) return [place];
  if (value.kind === "list") return [place, ...new Set(value.items.flatMap((item) => placesIn(item, `${place}[]`)))];
  if (value.kind !== "object") return [place];
  return [place, ...[...value.entries].flatMap(([name, item]) => placesIn(item, `${place}.${name}`))];
}

function spoilt(value: Value, wanted: string, spoil: Value, place = ""): Value {
  if (place === wanted) return spoil;
  if (typeof value !== "object" || value === null) return value;
  if (value.kind === "list") {
    return { kind: "list", items: value.items.map((item) => spoilt(item, wanted, spoil, `${place}[]`)) };
  }
  if (value.kind !== "object") return value;
  const entries = [...value.entries].map(([name, item]) => [name, spoilt(item, wanted, spoil, `${place}.${name}`)]);
  return { kind: "object", entries: new Map(entries as [string, Value][]) };
}

async function notGraded(one: Exercise, functions: Functions): Promise<string[]> {
  const recorder = new Recorder(new LocalStudent(functions));
  await runExercise(one, recorder, { seed });
  const values = recorder.answers.flatMap(({ result, args }) => [result, ...args]);
  const problems: string[] = [];
  for (const place of new Set(values.flatMap((value) => placesIn(value)))) {
    for (const spoil of spoils) {
      const student = replaying(recorder.answers, (value) => spoilt(value, place, spoil));
      const { tests, earned, points } = await runExercise(one, student, { seed });
      const ours = tests.filter(({ verdict }) => verdict === "not-graded");
      problems.push(...ours.map(({ title, staffEvidence }) => `${title} ${place}: ${staffEvidence?.received}`));
      if (earned > points) problems.push(`${place}: ${earned} points of ${points}`);
    }
  }
  return problems;
}

describe.each(["tp1", "tp2"])("every test of %s", (tp) => {
  const alone = gradedSpecs[tp]!.flatMap((exercise) =>
    exercise.tests.map((test) => ({ id: exercise.id, title: test.title, exercise: { ...exercise, tests: [test] } })),
  );

  test.each(alone)("$id, « $title », gives a mark whatever stands in an answer", async ({ exercise }) => {
    const functions = (await import(`./${tp}/reference.ts`)) as Functions;
    expect(await notGraded(exercise, functions)).toEqual([]);
  });
});
