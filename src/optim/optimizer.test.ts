import { describe, expect, test } from "vitest";
import { array, zeros } from "../nd/creation.js";
import { Parameter } from "../nn/parameter.js";
import { Adam, AdamW } from "./adam.js";
import { Optimizer } from "./optimizer.js";
import { SGD } from "./sgd.js";

class Idle extends Optimizer {
  override step(): void {}
}

const parameter = (...values: number[]) => new Parameter(array(values), "W");

describe("an optimizer", () => {
  test("refuses nothing to move, what is no parameter, and a parameter that comes twice", () => {
    const W = parameter(1);
    expect(() => new Idle([], { learningRate: 1 })).toThrow("Idle: no parameter to move");
    expect(() => new Idle([W, parameter(2), W], { learningRate: 1 })).toThrow(
      'Idle: parameter "W" at place 2 comes a second time: give each once',
    );
    expect(() => new Idle([W, zeros([2]) as never], { learningRate: 1 })).toThrow(
      "Idle: expected a Parameter at place 1, received an NdArray [2]",
    );
    expect(() => new Idle(W as never, { learningRate: 1 })).toThrow(
      "Idle: expected a list of parameters, such as network.parameters(), received a Parameter [1]",
    );
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a learning rate of %d, at first and later", (rate) => {
    expect(() => new Idle([parameter(1)], { learningRate: rate })).toThrow("Idle: learningRate must be a number ≥ 0");
    const optimizer = new Idle([parameter(1)], { learningRate: 0 });
    expect(() => {
      optimizer.learningRate = rate;
    }).toThrow("Idle: learningRate must be a number ≥ 0");
    expect(optimizer.learningRate).toBe(0);
  });

  test("refuses options that are none, unknown or forgotten, and lists the known ones", () => {
    const W = [parameter(1)];
    expect(() => new SGD(W, 0.1 as never)).toThrow(
      "SGD: expected its options by name, as in { learningRate: … }, received 0.1",
    );
    expect(() => new SGD(W, undefined as never)).toThrow("SGD: expected its options by name");
    expect(() => new Idle(W, undefined as never)).toThrow("Idle: expected its options by name");
    expect(() => new AdamW(W, null as never)).toThrow("AdamW: expected its options by name");
    expect(() => new SGD(W, { lr: 0.1 } as never)).toThrow(
      'SGD: there is no option "lr", only learningRate, momentum, momentumForm, nesterov, weightDecay, l1',
    );
    expect(() => new Adam(W, { lr: 0.1 } as never)).toThrow('Adam: there is no option "lr", only learningRate, beta1,');
    expect(() => new SGD(W, {} as never)).toThrow(/^SGD: learningRate must be a number ≥ 0, received none$/);
  });

  test("keeps its list when the caller changes theirs", () => {
    const list = [parameter(1)];
    const optimizer = new Idle(list, { learningRate: 1 });
    list.push(parameter(2));
    expect(optimizer.parameters.length).toBe(1);
  });

  test("shows itself on one line", () => {
    expect(String(new Idle([parameter(1, 2), parameter(3)], { learningRate: 0.5 }))).toBe(
      "Idle(learningRate 0.5), 3 parameters",
    );
  });

  test("forgets the gradients of its parameters and of no others", () => {
    const [mine, other] = [parameter(1), parameter(2)];
    mine.mul(other).sum().backward();
    new Idle([mine], { learningRate: 1 }).zeroGrad();
    expect(mine.gradient).toBeUndefined();
    expect(other.gradient).toEqual(array([1]));
  });
});

describe.each([
  { name: "SGD", make: (W: Parameter[]) => new SGD(W, { learningRate: 0.1 }) },
  { name: "SGD with momentum", make: (W: Parameter[]) => new SGD(W, { learningRate: 0.1, momentum: 0.9 }) },
  { name: "SGD with penalties", make: (W: Parameter[]) => new SGD(W, { learningRate: 0.1, weightDecay: 1, l1: 1 }) },
  { name: "Adam", make: (W: Parameter[]) => new Adam(W) },
  { name: "Adam with decay", make: (W: Parameter[]) => new Adam(W, { weightDecay: 1 }) },
  { name: "AdamW", make: (W: Parameter[]) => new AdamW(W, { weightDecay: 1 }) },
])("$name", ({ make }) => {
  test("leaves a parameter without a gradient alone, to the bit, and keeps no memory of the step", () => {
    const [late, steady, alone] = [parameter(1, 2), parameter(1, 2), parameter(1, 2)];
    const [both, one] = [make([late, steady]), make([alone])];
    const stepOn = (optimizer: Optimizer, ...reached: Parameter[]) => {
      optimizer.zeroGrad();
      for (const W of reached) W.mul(W).sum().backward();
      optimizer.step();
    };
    stepOn(both, late, steady);
    stepOn(one, alone);
    stepOn(both, steady);
    expect(late.data).toEqual(alone.data);
    expect(steady.data).not.toEqual(alone.data);
    stepOn(both, late, steady);
    stepOn(one, alone);
    expect(late.data).toEqual(alone.data);
  });

  test("moves in place, keeps the gradient as it is, and lowers the loss", () => {
    const W = parameter(1, -2);
    const { data } = W;
    const loss = () => W.mul(W).sum();
    const before = loss().item();
    loss().backward();
    const gradient = W.gradient!.clone();
    make([W]).step();
    expect(W.data).toBe(data);
    expect(W.gradient).toEqual(gradient);
    expect(loss().item()).toBeLessThan(before);
  });

  test("after reset makes the steps of a new one, at the rate it has", () => {
    const [used, fresh] = [parameter(1, -2), parameter(1, -2)];
    const [veteran, novice] = [make([used]), make([fresh])];
    const stepOn = (optimizer: Optimizer, W: Parameter) => {
      optimizer.zeroGrad();
      W.mul(W).sum().backward();
      optimizer.step();
    };
    for (let i = 0; i < 3; i++) stepOn(veteran, used);
    used.data.copy_(fresh.data);
    veteran.learningRate = novice.learningRate = 0.05;
    veteran.reset();
    for (let i = 0; i < 3; i++) {
      stepOn(veteran, used);
      stepOn(novice, fresh);
      expect(used.data).toEqual(fresh.data);
    }
    expect(veteran.learningRate).toBe(0.05);
  });

  test("moves nothing at a learning rate of 0", () => {
    const W = parameter(1, -2);
    const optimizer = make([W]);
    optimizer.learningRate = 0;
    W.mul(W).sum().backward();
    optimizer.step();
    expect(W.data).toEqual(array([1, -2]));
  });

  test("refuses a gradient of another shape or dtype", () => {
    const W = parameter(1, 2, 3);
    const optimizer = make([W]);
    for (const wrong of [array([1, 2]), array([1]), array([1, 2, 3], { dtype: "float64" })]) {
      W.gradient = wrong;
      expect(() => optimizer.step()).toThrow(
        /the gradient of "W" must be \[3\] \(float32\), received \[[123]\] \(float/,
      );
    }
    expect(W.data).toEqual(array([1, 2, 3]));
  });
});
