// Runs an operation of TP2 beside the student's code, since tensors and rules cannot travel, and brings back what they did.
import { NdArray } from "retroprop";
import { isClose } from "../../judge/closeness.js";
import type { Expect } from "../../judge/expect.js";
import { type Explanation, field, part } from "../../judge/explain.js";
import { type Comparable, numbersIn } from "../../judge/numbers.js";
import { asReturned, sameValue } from "../../judge/same-value.js";
import type { Sent, Student, Value } from "../../judge/student.js";
import { runEach } from "../run-each.js";
import { known } from "./messages.fr.js";
import type { Scope } from "./scope.js";

export interface Operation {
  readonly name: "relu" | "tanh" | "affine" | "nll";
  /** What its tensors hold, in the order of its parameters. */
  readonly data: readonly NdArray[];
  /** Of nll. */
  readonly gold?: number;
  /** Gradient with respect to the result: each rule is asked what it makes of it. */
  readonly g: NdArray;
  /** Which of the tensors require a gradient: all, when not told. */
  readonly requireGrad?: readonly boolean[];
}

/** What the tensors hold when the operation is first called on them, as a multiple of what they hold then. */
export const beforeFactor = -0.75;

/**
 * The operation is also called before, on the same tensors when they hold other numbers, as parameters do from one step to
 * the next, and after, on other tensors of the same shapes: what one call keeps would show.
 * An object with `firstResult`, `resultAfterRules` and `result` (the data of the tensor that came back, as it is at first,
 * once the rules have been called, and after that other call),
 * `requireGrad`, `isInput`, and for each tensor sent `linked` (is it an input of the result?), `hasRule`, and what it would
 * receive from the rules: `firstGradients`; `doubled`, for 2 g; `gradientsAgain`; and `gradients`, after that other call.
 * Also `accumulated`, whether it has a gradient already, `data` as it is afterwards; `g` afterwards; and `sharesMemory`,
 * whether the result has the memory of an input. Of a result that is no tensor, `isTensor` alone.
 */
export const runOperation = (student: Student, operation: Operation): Promise<Value> =>
  student.evaluate(operate, inputsOf(operation));

/** The same for several, one after the other. */
export const runOperations = <Asked extends Operation>(student: Student, operations: readonly Asked[]) =>
  runEach(student, operate, operations, inputsOf);

const inputsOf = ({ name, data, gold, g, requireGrad }: Operation) => ({
  name,
  data,
  more: gold === undefined ? [] : [gold],
  g,
  requireGrad: requireGrad ?? data.map(() => true),
  beforeFactor,
});

async function operate({ tp }: Scope, inputs: ReturnType<typeof inputsOf>): Promise<unknown> {
  const { name, data, more, g, requireGrad, beforeFactor } = inputs;
  const tensors = data.map((one, i) => new tp.Tensor(one.mul(beforeFactor), { requireGrad: requireGrad[i]! }));
  const operate = tp[name] as (...args: readonly unknown[]) => (typeof tensors)[number] | undefined;
  const otherMore = more.map((k) => (k + 1) % 3);
  const before = await operate(...tensors, ...otherMore);
  for (const rule of before?.rules ?? []) {
    try {
      rule(g.clone());
    } catch {
      // A rule that fails will fail again below, where it is told.
    }
  }
  for (const [i, tensor] of tensors.entries()) tensor.data.data.set(data[i]!.data);
  const y = await operate(...tensors, ...more);
  if (y === undefined) return undefined;
  // By its fields: in a notebook, a cell run again makes another class of the same name.
  if (typeof y !== "object" || y === null || !("rules" in y && "inputs" in y)) return { isTensor: false };
  const firstResult = y.data?.clone?.();
  // An input that stands twice has two rules, and receives what both of them give.
  const rules = tensors.map((tensor) => y.rules.filter((_, i) => y.inputs[i] === tensor));
  const total = (gradients: readonly (NdArray | undefined)[]) =>
    gradients.reduce((one, other) => (one === undefined || other === undefined ? undefined : one.add(other)));
  const gradientsFor = (g: NdArray) =>
    rules.map((list, i) => (requireGrad[i] && list.length > 0 ? total(list.map((rule) => rule(g))) : undefined));
  // Copies: the rules may give the same memory again.
  const copiesFor = (g: NdArray) => gradientsFor(g).map((gradient) => gradient?.clone?.() ?? gradient);
  const firstGradients = copiesFor(g.clone());
  const doubled = copiesFor(g.mul(2));
  const gradientsAgain = copiesFor(g.clone());
  const resultAfterRules = y.data?.clone?.();
  await operate(...data.map((one) => new tp.Tensor(one.mul(-0.5), { requireGrad: true })), ...otherMore);
  // By index: the methods of lists may be the submission's by now, and show what the tensors held before.
  const dataAfter: NdArray[] = [];
  for (let i = 0; i < tensors.length; i++) dataAfter[i] = tensors[i]!.data.clone();
  return {
    isTensor: true,
    isInput: tensors.includes(y),
    firstResult,
    resultAfterRules,
    result: y.data,
    requireGrad: y.requireGrad,
    linked: tensors.map((tensor) => y.inputs.includes(tensor)),
    hasRule: rules.map((list) => list.length > 0),
    firstGradients,
    doubled,
    gradientsAgain,
    gradients: gradientsFor(g),
    accumulated: tensors.map(({ gradient }) => gradient !== undefined),
    data: dataAfter,
    g: g.clone(),
    sharesMemory: tensors.some(({ data }) => data.data === y.data?.data),
  };
}

type When = Explanation["when"];

/** What was asked of the operation. */
export interface Asked {
  readonly data: readonly NdArray[];
  readonly more: readonly number[];
  readonly g: NdArray;
  readonly requireGrad: readonly boolean[];
}

const askedIn = (sent: readonly Sent[]): Asked => sent[0] as unknown as Asked;

/** The result is what the formula of a mistake gives. */
export const computed =
  (formula: (asked: Asked) => Comparable): When =>
  ({ received, sent }) =>
    isClose(field(received, "result"), formula(askedIn(sent)));

/** The gradient of tensor `index` is what the formula of a mistake gives. */
export const gradientWas =
  (index: number, formula: (asked: Asked) => Comparable): When =>
  ({ received, sent }) =>
    isClose(part(field(received, "gradients"), index), formula(askedIn(sent)));

/** A gradient of the first tensor came, with NaN in it. */
export const gradientHasNaN: When = ({ received }) => {
  const numbers = numbersIn(part(field(received, "gradients"), 0));
  return numbers !== undefined && Array.from(numbers.data).some(Number.isNaN);
};

const isTrue = (value: Value): boolean => value === true;

const each = (list: Value): readonly Value[] =>
  typeof list === "object" && list !== null && list.kind === "list" ? list.items : [];

const isNoTensor: When = ({ received }) => field(received, "isTensor") === false;

const changed =
  (name: "data" | "g"): When =>
  ({ received, sent }) =>
    field(received, name) !== undefined && !sameValue(field(received, name), asReturned(askedIn(sent)[name] as Sent));

const isDetached: When = ({ received, sent }) =>
  askedIn(sent).requireGrad.some(Boolean) &&
  isTrue(field(received, "isTensor")) &&
  !each(field(received, "linked")).some(isTrue);

const lacksRule: When = ({ received, sent }) => {
  const [linked, hasRule] = [each(field(received, "linked")), each(field(received, "hasRule"))];
  return askedIn(sent).requireGrad.some((isAsked, i) => isAsked && isTrue(linked[i]) && !isTrue(hasRule[i]));
};

const rulesReturnNothing: When = ({ received, sent }) => {
  const [hasRule, gradients] = [each(field(received, "hasRule")), each(field(received, "gradients"))];
  return askedIn(sent).requireGrad.some((isAsked, i) => isAsked && isTrue(hasRule[i]) && gradients[i] === undefined);
};

const keepsState: When = ({ received }) =>
  field(received, "gradients") !== undefined &&
  !sameValue(field(received, "firstGradients"), field(received, "gradientsAgain"));

/** The rules were asked the same thing twice, and only a call of the operation in between made them answer otherwise. */
const sharesVariable: When = ({ received }) =>
  field(received, "gradients") !== undefined &&
  !sameValue(field(received, "gradientsAgain"), field(received, "gradients"));

const lacksInput: When = ({ received, sent }) => {
  const linked = each(field(received, "linked"));
  return linked.length > 0 && askedIn(sent).requireGrad.some((isAsked, i) => isAsked && !isTrue(linked[i]));
};

const requiresForNothing: When = ({ received, sent }) =>
  isTrue(field(received, "requireGrad")) && !askedIn(sent).requireGrad.some(Boolean);

const accumulates: When = ({ received }) => each(field(received, "accumulated")).some(isTrue);

const rulesChangeResult: When = ({ received }) =>
  field(received, "result") !== undefined &&
  !sameValue(field(received, "firstResult"), field(received, "resultAfterRules"));

const sharesResult: When = ({ received }) =>
  field(received, "result") !== undefined && !sameValue(field(received, "resultAfterRules"), field(received, "result"));

/** What no operation and none of its rules may do, whatever they compute. */
export function expectOwnResult(expect: Expect, run: Value): void {
  expect(field(run, "result"), "résultat, après un autre appel").toSatisfy(
    (result) => sameValue(result, field(run, "firstResult")),
    "Un second appel change le résultat du premier.",
  );
  const isQuiet = () => !each(field(run, "accumulated")).some(isTrue);
  expect(field(run, "accumulated"), "les gradients déjà posés").toSatisfy(isQuiet, "Une règle a posé un gradient.");
  expect(field(run, "isInput"), "le résultat est l'entrée").toBe(false);
  expect(field(run, "sharesMemory"), "le résultat est la mémoire d'une entrée").toBe(false);
  for (const [i, first] of each(field(run, "firstGradients")).entries()) {
    const numbers = numbersIn(first);
    if (numbers === undefined) continue;
    const twice = Float64Array.from(numbers.data, (value) => 2 * value);
    const gradient = part(field(run, "doubled"), i);
    const isTwice = () => isClose(gradient, new NdArray(twice, numbers.shape));
    expect(gradient, "gradient, avec un autre g").toSatisfy(
      isTwice,
      "Une règle n'est pas proportionnelle à g, ou garde ce qu'elle a donné d'abord.",
    );
  }
}

/** Mistakes that any operation can have. */
export const operationMistakes: readonly Explanation[] = known({
  "résultat qui n'est pas un tenseur": isNoTensor,
  "entrées modifiées sur place": changed("data"),
  "g modifié par une règle": changed("g"),
  "résultat changé par une règle": rulesChangeResult,
  "résultat partagé entre deux appels": sharesResult,
  "entrée rendue telle quelle": ({ received }) => isTrue(field(received, "isInput")),
  "règle qui accumule elle-même": accumulates,
  "record oublié": isDetached,
  "requireGrad toujours vrai": requiresForNothing,
  "entrée oubliée": lacksInput,
  "règle manquante": lacksRule,
  "règle qui ne renvoie rien": rulesReturnNothing,
  "règle qui garde un état": keepsState,
  "variable partagée entre les appels": sharesVariable,
});
