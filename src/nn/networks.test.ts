import { inspect } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import * as ops from "../autograd/ops.js";
import { Tensor } from "../autograd/tensor.js";
import { affineTransform } from "../functions/affine.js";
import { setBackend } from "../kernels/backend.js";
import { array, zeros } from "../nd/creation.js";
import { tanh } from "../nd/math.js";
import { RandomGenerator } from "../nd/random.js";
import { SGD } from "../optim/sgd.js";
import { sgdStep } from "../train/linear.js";
import { glorotInit, kaimingInit } from "./init.js";
import { Linear } from "./linear.js";
import { DeepNetwork, LinearNetwork } from "./networks.js";

beforeEach(() => {
  setBackend("simd");
});

const random = (seed = 1) => new RandomGenerator(seed);

describe("LinearNetwork", () => {
  test("starts at W = 0, b = 0, under the names W and b", () => {
    const network = new LinearNetwork(3, 2);
    expect([...network.namedParameters()].map(([name, { data }]) => [name, data])).toEqual([
      ["W", zeros([2, 3])],
      ["b", zeros([2])],
    ]);
  });

  test("learns as TP1 does, bit for bit by the reference formulas", () => {
    setBackend("reference");
    const network = new LinearNetwork(4, 3);
    const [W, b] = [zeros([3, 4]), zeros([3])];
    const draws = random();
    for (let step = 0; step < 30; step++) {
      const [x, gold] = [draws.normal([4]), draws.integer(3)];
      const loss = ops.nll(network.forward(new Tensor(x)), gold);
      network.zeroGrad();
      loss.backward();
      for (const parameter of network.parameters()) parameter.data.sub_(parameter.gradient!.mul(0.1));
      expect(loss.item()).toBe(Math.fround(sgdStep(W, b, x, gold, 0.1)));
    }
    expect([network.W.data, network.b.data]).toEqual([W, b]);
  });

  test("learns by the kernels what it learns by the formulas, to six digits", () => {
    const [compiled, formulas] = (["simd", "reference"] as const).map((backend) => {
      setBackend(backend);
      const network = new DeepNetwork(20, 3, 11, 2, { tanh: true, random: random() });
      const optimizer = new SGD(network.parameters(), { learningRate: 0.1 });
      const draws = random();
      const losses = Array.from({ length: 50 }, () => {
        const loss = ops.nll(network.forward(new Tensor(draws.normal([20]))), draws.integer(3));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        return loss.item();
      });
      return [...losses, ...network.parameters().flatMap((parameter) => [...parameter.values().data])];
    });
    compiled!.forEach((value, i) => {
      expect(value).toBeCloseTo(formulas![i]!, 5);
    });
    expect(compiled).not.toEqual(formulas); // they do differ: both have run
  });

  test("prints its sizes, and is named in errors", () => {
    const network = new LinearNetwork(784, 10);
    expect(inspect(network)).toBe("LinearNetwork(784 → 10), 7850 parameters");
    expect(() => network.forward(new Tensor(zeros([28, 28])))).toThrow(
      "LinearNetwork(784 → 10) received [28, 28]: flatten the images first (expected […, 784])",
    );
  });
});

describe("DeepNetwork", () => {
  test("names its parameters hidden.i and output", () => {
    const names = (nLayers: number) => [
      ...new DeepNetwork(4, 3, 5, nLayers, { random: random() }).namedParameters().keys(),
    ];
    expect(names(0)).toEqual(["output.W", "output.b"]);
    expect(names(2)).toEqual(["hidden.0.W", "hidden.0.b", "hidden.1.W", "hidden.1.b", "output.W", "output.b"]);
  });

  test("has the shapes that its sizes say", () => {
    const network = new DeepNetwork(4, 3, 5, 2, { random: random() });
    const shapes = network.parameters().map(({ shape }) => shape);
    expect(shapes).toEqual([[5, 4], [5], [5, 5], [5], [3, 5], [3]]);
  });

  test.each([
    { tanh: true, init: glorotInit },
    { tanh: false, init: kaimingInit },
  ])("draws hidden.0.W, hidden.1.W, then output.W, each once (tanh: $tanh)", ({ tanh, init }) => {
    const network = new DeepNetwork(4, 3, 5, 2, { tanh, random: random(9) });
    const draws = random(9);
    const expected = [zeros([5, 4]), zeros([5, 5]), zeros([3, 5])] as const;
    init(expected[0], draws);
    init(expected[1], draws);
    glorotInit(expected[2], draws);
    expect([...network.hidden, network.output].map(({ W }) => W.data)).toEqual(expected);
    expect([...network.hidden, network.output].every(({ b }) => b.data.data.every((value) => value === 0))).toBe(true);
  });

  test("fills every layer as `init` says", () => {
    const network = new DeepNetwork(4, 3, 5, 2, { random: random(), init: (W) => void W.fill_(0.5) });
    expect([...network.hidden, network.output].map(({ W }) => W.data.mean())).toEqual([0.5, 0.5, 0.5]);
  });

  test("ends with a linear layer: its logits go below 0 and beyond 1", () => {
    const network = new DeepNetwork(1, 2, 3, 1, { tanh: true, random: random() });
    network.output.b.data.copy_(array([-5, 5]));
    const logits = network.forward(new Tensor([0])).data;
    expect(logits.toArray()).toEqual([-5, 5]);
  });

  test("without a hidden layer is one affine map", () => {
    setBackend("reference");
    const network = new DeepNetwork(4, 3, 5, 0, { random: random() });
    const x = random(2).normal([6, 4]);
    expect(network.forward(new Tensor(x)).data).toEqual(
      affineTransform(network.output.W.data, network.output.b.data, x),
    );
  });

  test("shows its hidden results to whoever asks in time: a method of his own, or the graph before backward", () => {
    const network = new DeepNetwork(4, 3, 5, 1, { tanh: true, random: random() });
    const x = new Tensor(random(2).normal([4]));
    const [layer] = network.hidden as [Linear];
    const kept: Tensor[] = [];
    layer.forward = (input) => {
      const result = Linear.prototype.forward.call(layer, input);
      kept.push(result);
      return result;
    };
    ops.nll(network.forward(x), 1).backward();
    Reflect.deleteProperty(layer, "forward");
    const loss = ops.nll(network.forward(x), 1);
    const [activated] = loss.inputs[0]!.inputs.slice(2);
    const [affine] = activated!.inputs;
    loss.backward();
    expect(affine!.data).toEqual(kept[0]!.data);
    expect(affine!.gradient).toEqual(kept[0]!.gradient);
    expect(activated!.data).toEqual(tanh(affine!.data));
    expect(activated!.gradient!.shape).toEqual([5]);
  });

  test("drops hidden activations in training only, and not the logits", () => {
    const network = new DeepNetwork(6, 3, 50, 1, { random: random(), dropout: 0.5 });
    const x = new Tensor(random(2).normal([6]));
    expect(network.forward(x).data).not.toEqual(network.forward(x).data);
    network.eval();
    expect(network.forward(x).data).toEqual(network.forward(x).data);
    const same = new DeepNetwork(6, 3, 50, 1, { random: random() });
    expect(network.forward(x).data).toEqual(same.forward(x).data);
    network.train().output.b.data.fill_(3);
    const logits = Array.from({ length: 20 }, () => network.forward(x).data).flatMap(({ data }) => [...data]);
    expect(logits).not.toContain(0);
  });

  test("has no parameter in its dropout, and passes its name to its layers", () => {
    const network = new DeepNetwork(6, 3, 5, 2, { random: random(), dropout: 0.5 });
    expect([...network.hidden, network.output].map(({ name }) => name)).toEqual(["hidden.0", "hidden.1", "output"]);
    expect(network.parameters().length).toBe(6);
    expect(() => network.forward(new Tensor(zeros([2, 7])))).toThrow(
      'Linear(6 → 5) "hidden.0" received [2, 7]: expected […, 6]',
    );
  });

  test("prints on one line", () => {
    const lines = [
      new DeepNetwork(784, 10, 100, 1, { tanh: true, random: random() }),
      new DeepNetwork(784, 10, 100, 2, { random: random(), dropout: 0.2 }),
      new DeepNetwork(784, 10, 100, 0, { random: random() }),
    ].map((network) => inspect(network));
    expect(lines).toEqual([
      "DeepNetwork(784 → 100 → 10, tanh), 79510 parameters",
      "DeepNetwork(784 → 100 → 100 → 10, relu, dropout 0.2), 89610 parameters",
      "DeepNetwork(784 → 10, linear), 7850 parameters",
    ]);
  });

  test.each([-1, 1.5, Number.NaN, "2" as never])("refuses nLayers = %s", (nLayers) => {
    expect(() => new DeepNetwork(4, 3, 5, nLayers, { random: random() })).toThrow(
      "DeepNetwork: nLayers counts the hidden layers, a whole number ≥ 0, received ",
    );
  });

  test("refuses a size of 0, and no generator", () => {
    expect(() => new DeepNetwork(4, 3, 0, 1, { random: random() })).toThrow(
      "DeepNetwork: hiddenDim must be a whole number ≥ 1, received 0",
    );
    expect(() => new DeepNetwork(0, 3, 5, 1, { random: random() })).toThrow("DeepNetwork: dimInput must be");
    expect(() => new DeepNetwork(4, 3, 5, 1, undefined as never)).toThrow("DeepNetwork: expected its options by name");
    expect(() => new DeepNetwork(4, 3, 5, 1, { random: random(), activation: "tanh" } as never)).toThrow(
      'DeepNetwork: there is no option "activation", only random, tanh, dropout, init',
    );
    expect(() => new DeepNetwork(4, 3, 5, 1, {} as never)).toThrow(
      "DeepNetwork: random must be a RandomGenerator, received undefined",
    );
  });
});

describe("activations", () => {
  const x = random(2).normal([7, 4]);

  test("are each hidden layer after its activation, then the logits", () => {
    setBackend("reference");
    const network = new DeepNetwork(4, 3, 5, 2, { tanh: true, random: random() });
    const found = network.activations(x);
    expect(found.map(({ name }) => name)).toEqual(["hidden.0", "hidden.1", "output"]);
    const [first, second] = network.hidden;
    const h0 = tanh(affineTransform(first!.W.data, first!.b.data, x));
    const h1 = tanh(affineTransform(second!.W.data, second!.b.data, h0));
    expect(found.map(({ values }) => values)).toEqual([h0, h1, network.forward(new Tensor(x)).data]);
  });

  test("drop nothing, draw nothing and record nothing", () => {
    const [looked, other] = [1, 1].map((seed) => new DeepNetwork(4, 3, 5, 1, { random: random(seed), dropout: 0.5 }));
    const seen = looked!.activations(new Tensor(x, { requireGrad: true }));
    expect(seen[0]!.values).toEqual(looked!.eval().activations(x)[0]!.values);
    looked!.train();
    expect(looked!.forward(new Tensor(x)).data).toEqual(other!.forward(new Tensor(x)).data);
  });
});
