// jax-js, compiled by `jit` as its documentation advises. Usage: jax.mjs TASK_JSON FOLDER
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { inOrder, serve, transposed, versionOf } from "./start.mjs";

await init("wasm");
defaultDevice("wasm");

function train({ widths, activation, optimizer, learningRate, batchSize }, { inputs, labels, layers }) {
  const lossOf = (layers, x, gold) =>
    nn
      .logSoftmax(forward(layers, x, activation === "tanh" ? np.tanh : nn.relu))
      .mul(nn.oneHot(gold, 10))
      .sum()
      .mul(-1 / batchSize);
  const update = (optimizer === "adam" ? adam : sgd)(lossOf, learningRate);
  const width = widths[0];
  let state = update.start(
    layers.map(({ W, b, out, in: width }) => ({
      W: np.array(transposed(W, out, width), { shape: [width, out] }),
      b: np.array(b),
    })),
  );
  let loss;
  const step = (start) => {
    const end = start + batchSize;
    const x = np.array(inputs.slice(start * width, end * width), { shape: [batchSize, width] });
    const gold = np.array(Int32Array.from(labels.subarray(start, end)));
    loss?.dispose();
    [loss, state] = update.step(state, x, gold);
    return loss;
  };
  return inOrder(batchSize, step, async (loss) => (await loss.ref.data())[0]);
}

function forward(layers, x, activate) {
  return layers.reduce((h, { W, b }, i) => {
    const y = np.dot(h, W).add(b);
    return i === layers.length - 1 ? y : activate(y);
  }, x);
}

/** The state is the layers. */
const sgd = (lossOf, rate) => ({
  start: (layers) => layers,
  step: jit((layers, x, gold) => {
    const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(layers), x, gold);
    return [loss, tree.map((p, g) => p.sub(g.mul(rate)), layers, gradients)];
  }),
});

const adam = (lossOf, rate) => ({
  start: (layers) => ({
    layers,
    m: tree.map((p) => np.zerosLike(p), tree.ref(layers)),
    v: tree.map((p) => np.zerosLike(p), tree.ref(layers)),
    powers: np.array([1, 1]),
  }),
  step: jit(({ layers, m, v, powers }, x, gold) => {
    const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(layers), x, gold);
    const p = powers.mul(np.array([0.9, 0.999]));
    const corrections = np.array([1, 1]).sub(p.ref);
    const [c1, c2] = np.split(corrections, 2);
    const m2 = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), m, tree.ref(gradients));
    const v2 = tree.map((v, g) => v.mul(0.999).add(g.ref.mul(g).mul(0.001)), v, gradients);
    const moved = tree.map(
      (w, m, v) =>
        w.sub(
          m
            .div(c1.ref)
            .mul(rate)
            .div(np.sqrt(v.div(c2.ref)).add(1e-8)),
        ),
      layers,
      tree.ref(m2),
      tree.ref(v2),
    );
    c1.dispose();
    c2.dispose();
    return [loss, { layers: moved, m: m2, v: v2, powers: p }];
  }),
});

async function product({ m, n, k }) {
  const random = (length) => Float32Array.from({ length }, Math.random);
  const a = np.array(random(m * k), { shape: [m, k] });
  const b = np.array(random(k * n), { shape: [k, n] });
  const multiply = jit((a, b) => np.matmul(a, b));
  return {
    run: async (steps) => {
      for (let i = 0; i < steps; i++) {
        const c = multiply(a.ref, b.ref);
        await blockUntilReady(c);
        c.dispose();
      }
    },
    perStep: (2 * m * n * k) / 1e9,
  };
}

/** Without `jit`: what is measured is the cost of recording. */
function chain({ length, size }) {
  const [x, a, b] = [0.5, 0.9, 0.1].map((value) => np.full([size], value));
  const gradient = valueAndGrad((start) => {
    let y = start;
    for (let i = 0; i < length; i++) y = y.mul(a.ref).add(b.ref);
    return y.sum();
  });
  const once = async () => {
    const [value, grad] = gradient(x.ref);
    return [(await value.data())[0], (await grad.data())[0]];
  };
  return {
    losses: once,
    run: async (steps) => {
      for (let i = 0; i < steps; i++) await once();
    },
    perStep: 2 * length + 1,
  };
}

await serve({ version: versionOf("jax-js", "@jax-js/jax"), train, product, chain });
