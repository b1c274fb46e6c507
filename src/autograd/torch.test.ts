// Every operation of the graph against PyTorch's numbers and against central differences.
import { describe, expect, test } from "vitest";
import { expectClose, type FrozenArray, readFixture, thaw } from "../../test/oracle/oracle.js";
import * as ops from "./ops.js";
import { Tensor } from "./tensor.js";

interface Case {
  readonly operation: string;
  readonly inputs: readonly FrozenArray[];
  readonly exponent?: number;
  readonly shape?: readonly number[];
  readonly axis?: number;
  readonly gold?: number;
  readonly golds?: readonly number[];
  readonly result: FrozenArray;
  readonly g: FrozenArray;
  readonly gradients: readonly FrozenArray[];
}

type Tensors = [Tensor, Tensor, Tensor, Tensor, Tensor];

const along = ({ axis }: Case) => (axis === undefined ? undefined : { axis });

/** The same expressions as in test/oracle/torch_autograd.py. */
const expressions: Readonly<Record<string, (inputs: Tensors, one: Case) => Tensor>> = {
  add: ([a, b]) => ops.add(a, b),
  sub: ([a, b]) => ops.sub(a, b),
  mul: ([a, b]) => ops.mul(a, b),
  div: ([a, b]) => ops.div(a, b),
  matmul: ([a, b]) => ops.matmul(a, b),
  power: ([x], { exponent }) => ops.power(x, exponent!),
  exp: ([x]) => ops.exp(x),
  log: ([x]) => ops.log(x),
  transpose: ([x]) => ops.transpose(x),
  reshape: ([x], { shape }) => ops.reshape(x, shape!),
  sum: ([x], one) => ops.sum(x, along(one)),
  mean: ([x], one) => ops.mean(x, along(one)),
  relu: ([x]) => ops.relu(x),
  tanh: ([x]) => ops.tanh(x),
  sigmoid: ([x]) => ops.sigmoid(x),
  softmax: ([x]) => ops.softmax(x),
  affine: ([W, b, x]) => ops.affine(W, b, x),
  nll: ([x], { gold, golds }) => ops.nll(x, gold ?? golds!),
  diamond: ([a]) => a.add(a).add(a.add(a)),
  "three branches": ([a, b]) => a.mul(b).sum().add(a.exp().mul(a).mean()).add(b.div(a).sum()),
  "two layers": ([W1, b1, W2, b2, x]) => ops.nll(ops.affine(W2, b2, ops.tanh(ops.affine(W1, b1, x))), 1),
};

const { cases } = readFixture<{ cases: readonly Case[] }>("torch-autograd.json");

describe.each(Object.keys(expressions))("%s", (operation) => {
  const ofName = cases.filter((one) => one.operation === operation);

  test("has PyTorch's values and gradients", () => {
    expect(ofName).not.toHaveLength(0);
    for (const one of ofName) {
      const tensors = one.inputs.map((input) => new Tensor(thaw(input), { requireGrad: true })) as Tensors;
      const result = expressions[operation]!(tensors, one);
      const what = `${operation} of ${JSON.stringify(one.inputs.map(({ shape }) => shape))}`;
      expectClose(result.data, thaw(one.result), 1e-13, what);
      result.backward(thaw(one.g));
      for (const [i, gradient] of one.gradients.entries()) {
        expectClose(tensors[i]!.gradient!, thaw(gradient), 1e-13, `gradient ${i} of ${what}`);
      }
    }
  });

  test("has the gradients of central differences", () => {
    for (const one of ofName) {
      const f = (...tensors: Tensor[]) => expressions[operation]!(tensors as Tensors, one);
      expect(String(ops.gradientCheck(f, one.inputs.map(thaw)))).toMatch(/^gradient right/);
    }
  });
});

test("the fixture holds nothing that is not compared", () => {
  expect(new Set(cases.map(({ operation }) => operation))).toEqual(new Set(Object.keys(expressions)));
});
