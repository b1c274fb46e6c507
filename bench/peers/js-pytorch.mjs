// js-pytorch. It has neither SGD nor tanh: they are written with its own operations. Usage: js-pytorch.mjs TASK_JSON FOLDER
import { torch } from "js-pytorch";
import { inOrder, inOrderIncomparably, rowsOf, serve, transposed, versionOf } from "./start.mjs";

class Network extends torch.nn.Module {
  constructor(layers, activate) {
    super();
    this.activate = activate;
    this.depth = layers.length;
    layers.forEach(({ W, b, out, in: width }, i) => {
      const linear = new torch.nn.Linear(width, out, "cpu", true);
      linear.W._data = rowsOf(transposed(W, out, width), out);
      linear.b._data = Array.from(b);
      this[`layer${i}`] = linear;
    });
  }

  forward(x) {
    let h = x;
    for (let i = 0; i < this.depth; i++) {
      h = this[`layer${i}`].forward(h);
      if (i < this.depth - 1) h = this.activate(h);
    }
    return h;
  }
}

class SGD {
  constructor(parameters, rate) {
    this.parameters = parameters;
    this.rate = rate;
  }

  step() {
    for (const p of this.parameters) p._data = p.add(p._grad.mul(-this.rate))._data;
  }

  zero_grad() {
    for (const p of this.parameters) p.zero_grad();
  }
}

const tanh = (x) => {
  const e = torch.exp(x.mul(2));
  return e.sub(1).div(e.add(1));
};

function train({ widths, activation, optimizer, learningRate, batchSize }, { inputs, labels, layers }) {
  const relu = new torch.nn.ReLU();
  const network = new Network(layers, activation === "tanh" ? tanh : (x) => relu.forward(x));
  const parameters = network.parameters();
  const update =
    optimizer === "adam"
      ? new torch.optim.Adam(parameters, learningRate, 0, [0.9, 0.999], 1e-8)
      : new SGD(parameters, learningRate);
  const criterion = new torch.nn.CrossEntropyLoss();
  const rows = rowsOf(inputs, widths[0]);
  const step = (start) => {
    const x = torch.tensor(rows.slice(start, start + batchSize));
    const gold = torch.tensor(Array.from(labels.subarray(start, start + batchSize)));
    const loss = criterion.forward(network.forward(x), gold);
    loss.backward();
    update.step();
    update.zero_grad();
    return loss.data[0];
  };
  if (optimizer === "sgd") return inOrder(batchSize, step);
  return inOrderIncomparably(batchSize, step, "its Adam does not correct the first averages");
}

function product({ m, n, k }) {
  const [a, b] = [torch.rand([m, k]), torch.rand([k, n])];
  return {
    run: (steps) => {
      for (let i = 0; i < steps; i++) torch.matmul(a, b);
    },
    perStep: (2 * m * n * k) / 1e9,
  };
}

function chain({ length, size }) {
  const filled = (value, wantsGradient) => torch.tensor(Array(size).fill(value), wantsGradient);
  const [x, a, b] = [filled(0.5, true), filled(0.9, false), filled(0.1, false)];
  const once = () => {
    let y = x;
    for (let i = 0; i < length; i++) y = y.mul(a).add(b);
    x.zero_grad();
    const total = y.sum();
    total.backward();
    return total;
  };
  return {
    losses: () => [once().data[0], x.grad[0]],
    run: (steps) => {
      for (let i = 0; i < steps; i++) once();
    },
    perStep: 2 * length + 1,
  };
}

await serve({ version: versionOf("js-pytorch", "js-pytorch"), train, product, chain });
