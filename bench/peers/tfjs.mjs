// TensorFlow.js without the Layers API, which would cost more. Usage: tfjs.mjs cpu|wasm TASK_JSON FOLDER
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { inOrder, serve, transposed, versionOf } from "./start.mjs";

const [backend] = process.argv.splice(2, 1);
register("./tfjs-modules.mjs", import.meta.url);
await import("@tensorflow/tfjs-core/dist/register_all_gradients.js");
setWasmPaths(fileURLToPath(new URL("node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)));
await tf.setBackend(backend);
await tf.ready();

function train({ widths, activation, optimizer, learningRate, batchSize }, { inputs, labels, layers }) {
  const variables = layers.map(({ W, b, out, in: width }) => ({
    W: tf.variable(tf.tensor(transposed(W, out, width), [width, out])),
    b: tf.variable(tf.tensor(b)),
  }));
  const forward = (x) =>
    variables.reduce((h, { W, b }, i) => {
      const y = tf.add(tf.matMul(h, W), b);
      return i === variables.length - 1 ? y : activation === "tanh" ? tf.tanh(y) : tf.relu(y);
    }, x);
  const update = optimizer === "adam" ? tf.train.adam(learningRate, 0.9, 0.999, 1e-8) : tf.train.sgd(learningRate);
  const width = widths[0];
  const step = (start) =>
    tf.tidy(() => {
      const end = start + batchSize;
      const x = tf.tensor(inputs.subarray(start * width, end * width), [batchSize, width]);
      const gold = tf.oneHot(tf.tensor1d(Int32Array.from(labels.subarray(start, end)), "int32"), 10);
      const { value, grads } = tf.variableGrads(() => tf.losses.softmaxCrossEntropy(gold, forward(x)));
      update.applyGradients(grads);
      return value.dataSync()[0];
    });
  return inOrder(batchSize, step);
}

function product({ m, n, k }) {
  const [a, b] = [tf.randomUniform([m, k]), tf.randomUniform([k, n])];
  return {
    run: (steps) => {
      for (let i = 0; i < steps; i++) tf.matMul(a, b).dispose();
    },
    perStep: (2 * m * n * k) / 1e9,
  };
}

function chain({ length, size }) {
  const [x, a, b] = [0.5, 0.9, 0.1].map((value) => tf.fill([size], value));
  const gradient = tf.valueAndGrad((start) => {
    let y = start;
    for (let i = 0; i < length; i++) y = tf.add(tf.mul(y, a), b);
    return tf.sum(y);
  });
  return {
    losses: () => {
      const { value, grad } = gradient(x);
      return [value.dataSync()[0], grad.dataSync()[0]];
    },
    run: (steps) => {
      for (let i = 0; i < steps; i++) tf.tidy(() => void gradient(x));
    },
    perStep: 2 * length + 1,
  };
}

await serve({ version: versionOf("tfjs", "@tensorflow/tfjs-core"), train, product, chain });
