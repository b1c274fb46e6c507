// Asks anyRequireGrad and accumulateGradient beside the student's code, since tensors cannot travel.
import type { NdArray } from "retroprop";
import { isClose } from "../../judge/closeness.js";
import { type Explanation, field, part } from "../../judge/explain.js";
import { numbersIn } from "../../judge/numbers.js";
import { asReturned, sameValue } from "../../judge/same-value.js";
import type { Sent, Student, Value } from "../../judge/student.js";
import { runEach } from "../run-each.js";
import { known } from "./messages.fr.js";
import type { Scope } from "./scope.js";

type When = Explanation["when"];
type Flags = readonly boolean[];

/**
 * The answers of anyRequireGrad for each list of tensors, told by whether they require a gradient: leaves, or computed.
 * An answer is the text `changed` where the tensors are no longer what they were.
 */
export function askAnyRequireGrad(student: Student, lists: readonly Flags[], areComputed = false): Promise<Value> {
  return student.evaluate(
    async ({ tp }: Scope, { lists, areComputed }) => {
      const answers: unknown[] = [];
      for (const flags of lists) {
        const tensors = flags.map((requireGrad) => {
          const tensor = new tp.Tensor(areComputed ? 1 : 0, { requireGrad }); // its value says nothing
          if (!areComputed || !requireGrad) return tensor;
          const inputs = [new tp.Tensor(1, { requireGrad })];
          const graph = { operation: "f", inputs, rules: [(g: NdArray) => g], gradient: tensor.data.clone() };
          return Object.assign(tensor, graph); // it still requires a gradient once it has one
        });
        const answer = await tp.anyRequireGrad(...tensors);
        answers.push(tensors.every(({ requireGrad }, i) => requireGrad === flags[i]) ? answer : "changed");
      }
      return answers;
    },
    { lists, areComputed },
  );
}

const ofComputed: When = ({ sent }) => (sent[0] as { readonly areComputed?: boolean }).areComputed === true;

/** Every answer is what the wrong rule gives. */
const answered =
  (rule: (flags: Flags) => boolean | undefined): When =>
  ({ received, sent, fault }) => {
    const { lists } = sent[0] as unknown as { readonly lists: readonly Flags[] };
    return fault === undefined && lists.every((flags, i) => part(received, i) === rule(flags));
  };

/** Only of a list that holds both is "all" another answer than "any", besides an empty one. */
const isMixed: When = ({ sent }) => {
  const { lists } = sent[0] as unknown as { readonly lists: readonly Flags[] };
  return lists.some((flags) => flags.includes(true) && flags.includes(false));
};

const changesTensors: When = ({ received, sent }) => {
  const { lists } = sent[0] as unknown as { readonly lists: readonly Flags[] };
  return lists.some((_, i) => part(received, i) === "changed");
};

const notBoolean: When = ({ received, sent, fault }) => {
  const { lists } = sent[0] as unknown as { readonly lists: readonly Flags[] };
  return fault === undefined && lists.some((_, i) => !["boolean", "undefined"].includes(typeof part(received, i)));
};

export const anyRequireGradMistakes: readonly Explanation[] = known({
  "tableau attendu au lieu d'arguments": ({ fault }) =>
    /is not a function|is not iterable/.test(fault?.detail?.message ?? ""),
  "réponse jamais rendue": answered(() => undefined),
  "tenseurs modifiés": changesTensors,
  "réponse qui n'est pas un booléen": notBoolean,
  "tenseur calculé oublié": (observed) => ofComputed(observed) && answered(() => false)(observed),
  "toujours non": answered(() => false),
  "toujours oui": [answered(() => true), answered((flags) => flags.length > 0)],
  "tous au lieu d'un seul": (observed) => isMixed(observed) && answered((flags) => flags.every(Boolean))(observed),
  "réponse inversée": [answered((flags) => !flags.some(Boolean)), answered((flags) => flags.some((flag) => !flag))],
  "un seul tenseur regardé": [answered((flags) => flags[0] ?? false), answered((flags) => flags.at(-1) ?? false)],
});

export interface Accumulation {
  /** What the tensor holds. */
  readonly data: NdArray;
  readonly gs: readonly NdArray[];
  /** Whether the tensor comes out of an operation; a leaf, when not told. */
  readonly isComputed?: boolean;
  /** Whether it is a Parameter, where there is that class; a Tensor, when not told. */
  readonly isParameter?: boolean;
}

/**
 * Gives every g to a tensor, one after the other. An object with `gradients`, a copy of its gradient after each; `gs` and
 * `data` as they are afterwards; `overwritten`, its gradient once the memory of the last g holds 777 and another tensor has
 * received 555; and `anew`, its gradient when it and the other tensor have twice received the same 31 in turn, after its
 * zeroGrad.
 */
export const accumulate = (student: Student, accumulation: Accumulation): Promise<Value> =>
  student.evaluate(receive, inputsOf(accumulation));

/** The same for several tensors, one after the other. */
export const accumulateEach = (student: Student, accumulations: readonly Accumulation[]) =>
  runEach(student, receive, accumulations, inputsOf);

const inputsOf = ({ data, gs, isComputed = false, isParameter = false }: Accumulation) => ({
  ...{ data, gs },
  ...{ isComputed, isParameter },
});

async function receive({ tp }: Scope, asked: ReturnType<typeof inputsOf>): Promise<unknown> {
  const { data, gs, isComputed, isParameter } = asked;
  const Learnt: typeof tp.Parameter | undefined = isParameter ? tp.Parameter : undefined;
  const tensor = Learnt === undefined ? new tp.Tensor(data, { requireGrad: true }) : new Learnt(data, "p");
  const inputs = [new tp.Tensor(data, { requireGrad: true })];
  if (isComputed) Object.assign(tensor, { operation: "f", inputs, rules: [(g: NdArray) => g] });
  const gradients: unknown[] = [];
  for (const g of gs) {
    await tp.accumulateGradient(tensor, g);
    gradients.push(tensor.gradient?.clone?.() ?? tensor.gradient);
  }
  const other = new tp.Tensor(data.clone(), { requireGrad: true });
  await tp.accumulateGradient(other, data.mul(0).add(555)); // whose gradient is its own
  const after = gs.map((g) => g.clone());
  gs.at(-1)!.fill_(777);
  const overwritten = tensor.gradient?.clone?.() ?? tensor.gradient;
  tensor.zeroGrad();
  const same = data.mul(0).add(31);
  for (let i = 0; i < 2; i++) {
    await tp.accumulateGradient(tensor, same); // as both rules of a + a give g itself
    await tp.accumulateGradient(other, same);
  }
  return { gradients, gs: after, data: tensor.data, overwritten, anew: tensor.gradient };
}

const changed =
  (name: "data" | "gs"): When =>
  ({ received, sent }) =>
    field(received, name) !== undefined &&
    !sameValue(field(received, name), asReturned((sent[0] as Readonly<Record<string, Sent>>)[name]));

const neverSet: When = ({ received }) =>
  field(received, "gradients") !== undefined && part(field(received, "gradients"), 0) === undefined;

/** After zeroGrad, the sum of before comes back with the next gradient. */
const outlivesZeroGrad: When = ({ received }) => {
  const before = numbersIn(field(received, "overwritten"))?.data[0] ?? 0;
  const after = numbersIn(field(received, "anew"))?.data[0] ?? 62;
  return Math.abs(before) > 1e-3 && Math.abs(after - before - 62) < 1e-3;
};

/** Right as long as the gradients are several arrays, wrong when the same one comes twice. */
const countsOnce: When = ({ received, sent }) => {
  const { gs } = sent[0] as unknown as Accumulation;
  const total = gs.reduce((sum, g) => sum.add(g));
  const isRight = gs.length > 1 && isClose(field(received, "overwritten"), total);
  return isRight && numbersIn(field(received, "anew"))?.data[0] === 31;
};

export const accumulationMistakes: readonly Explanation[] = known({
  "valeurs changées": changed("data"),
  "gradient commun à deux tenseurs": [
    ({ received }) => [555, 1110].includes(numbersIn(field(received, "overwritten"))?.data[0] ?? 0),
    ({ received }) => numbersIn(field(received, "anew"))?.data[0] === 4 * 31,
  ],
  "g gardé par référence": ({ received }) => numbersIn(field(received, "overwritten"))?.data[0] === 777,
  "g changé": changed("gs"),
  "gradient jamais posé": neverSet,
  "total gardé malgré zeroGrad": outlivesZeroGrad,
  "même g ignoré la seconde fois": countsOnce,
});
