// Classes: whatever is replaced, there is one `Tensor` in the program, one `Parameter`, one `Module`.
import { describe, expect, it } from "vitest";
import { changed, gradeTexts, redeclared } from "./fixtures/grade-text.js";

const { text, grade } = await gradeTexts("tp2");
const replaces = changed(
  text,
  "  if (tensor.gradient === undefined) tensor.gradient = g.clone();\n  else tensor.gradient.add_(g);\n",
  "  tensor.gradient = g.clone();\n",
);
const classesOf = (program: string): string[] => (program.match(/^(?:abstract )?class \w+/gm) ?? []).sort();

describe("a wrong accumulateGradient", () => {
  it("is replaced under a right backward, which has all its points then", async () => {
    const { of, staff } = await grade(replaces, ["accumulate-gradient", "backward"]);
    const carried = { replaced: [{ id: "tp2.accumulate-gradient" }], withSolution: 3 };
    expect(of("backward")).toMatchObject({ earned: 3, carried });
    expect(of("backward").carried!.own).toBeLessThan(3);
    expect(staff.earned).toBe(3 + of("accumulate-gradient").earned);
  });

  it("is replaced and a wrong backward with it under a right training loop", async () => {
    const work = changed(replaces, "tape.reverse()", "tape");
    const { of, programs } = await grade(work, ["nll", "accumulate-gradient", "backward", "training-loop"]);
    expect(of("backward").carried!.withSolution).toBeLessThan(3);
    expect(of("training-loop")).toMatchObject({ earned: 2 });
    expect(of("training-loop").carried?.replaced.map(({ id }) => id)).toEqual([
      "tp2.accumulate-gradient",
      "tp2.backward",
    ]);
    expect(new Set(programs).size).toBe(3);
  });

  it("is replaced beside a Tensor with members of the student's own, private ones too", async () => {
    const own = changed(
      replaces,
      "  /** Forgets the gradient. */",
      "  #seen = 0;\n  see(): number { return ++this.#seen; }\n",
    );
    const work = changed(
      own,
      "const tape = tapeOf(result);",
      "const tape = tapeOf(result); for (const one of tape) one.see();",
    );
    const { of, programs } = await grade(work, ["accumulate-gradient", "backward"]);
    expect(of("backward")).toMatchObject({ earned: 3, carried: { withSolution: 3 } });
    expect(classesOf(programs[1]!)).toEqual(["class Tensor"]);
  });

  it("that is a method of Tensor is replaced where the others call the function", async () => {
    const method = changed(
      text,
      "  /** Forgets the gradient. */",
      "  accumulate(g: NdArray): void { this.gradient = g.clone(); }\n",
    );
    const work = redeclared(
      method,
      "accumulateGradient",
      "export function accumulateGradient(tensor: Tensor, g: NdArray): void { tensor.accumulate(g); }",
    );
    expect((await grade(work, ["accumulate-gradient", "backward"])).of("backward").earned).toBe(3);
  });
});

describe("a wrong operation", () => {
  const withoutBias = changed(text, "affineTransform(W.data, b.data, x.data)", "x.data.matmul(W.data.transpose())");

  it("is replaced with the given code it needs; the student's parameters are tensors of that", async () => {
    const { of, programs } = await grade(withoutBias, ["affine", "zero-init", "linear-network", "deep-network"]);
    expect(of("linear-network")).toMatchObject({ earned: 1, carried: { replaced: [{ id: "tp2.affine" }] } });
    expect(of("deep-network")).toMatchObject({ earned: 2 });
    const classes = classesOf(programs[1]!);
    expect(classes).toEqual([...new Set(classes)]);
    expect(classes).toContain("class Tensor");
    expect(programs[1]!.match(/^function record\b/gm)).toHaveLength(1);
  });

  it("is replaced in a program whose given code was broken: that is restored", async () => {
    const broken = changed(
      withoutBias,
      "Object.assign(result, { operation, inputs, rules })",
      "Object.assign(result, { operation })",
    );
    expect((await grade(broken, ["affine", "linear-network"])).of("linear-network").earned).toBe(1);
  });
});

describe("a wrong class", () => {
  const wrong = changed(
    text,
    'new Parameter(zeros([dimOutput, dimInput]), "W")',
    'new Parameter(zeros([dimInput, dimOutput]), "W")',
  );
  const ofLayers = `export class DeepNetwork extends Module {
  readonly layers: LinearNetwork[] = [];
  readonly isTanh: boolean;

  constructor(dimInput: number, dimOutput: number, hidden: number, n: number, options: { readonly tanh?: boolean; readonly random: RandomGenerator }) {
    super();
    this.isTanh = options.tanh === true;
    for (let i = 0; i <= n; i++) {
      const layer = new LinearNetwork(i === 0 ? dimInput : hidden, i === n ? dimOutput : hidden);
      const start = i === n || this.isTanh ? glorotInit : kaimingInit;
      start(layer.W.data, options.random);
      this.layers.push(layer);
    }
  }

  forward(x: Tensor): Tensor {
    return this.layers.reduce((h, layer, i) => {
      const y = layer.forward(h);
      return i === this.layers.length - 1 ? y : this.isTanh ? tanh(y) : relu(y);
    }, x);
  }
}`;

  it("goes whole, and what is made of it finds its parameters: Module and Parameter are those of both", async () => {
    const { of, programs } = await grade(redeclared(wrong, "DeepNetwork", ofLayers), [
      "linear-network",
      "deep-network",
    ]);
    expect(of("linear-network").earned).toBeLessThan(1);
    expect(of("deep-network")).toMatchObject({ earned: 2, carried: { withSolution: 2 } });
    expect(of("deep-network").carried!.own).toBeLessThan(2);
    const classes = classesOf(programs[1]!);
    expect(classes).toEqual([...new Set(classes)]);
    expect(programs[1]).not.toContain("[dimInput, dimOutput]");
  });
});
