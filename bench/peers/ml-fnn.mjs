// ml-fnn: one call of `train` a batch, of one iteration. Usage: ml-fnn.mjs TASK_JSON FOLDER
import { createRequire } from "node:module";
import { inOrderIncomparably, rowsOf, serve, Unable, versionOf } from "./start.mjs";

const FeedForwardNeuralNetworks = createRequire(import.meta.url)("ml-fnn");

function train({ widths, activation, optimizer, learningRate, batchSize }, { inputs, labels }) {
  if (widths.length < 3) throw new Unable("it wants a hidden layer");
  if (activation !== "tanh" || optimizer !== "sgd") throw new Unable("it has tanh (others by a number) and SGD only");
  const rows = rowsOf(inputs, widths[0]);
  const network = new FeedForwardNeuralNetworks({
    hiddenLayers: widths.slice(1, -1),
    iterations: 1,
    learningRate: learningRate / batchSize, // it adds the gradients of a batch up
    regularization: 1e-9, // 0 would mean its default
    activation,
  });
  const oneOfEach = Array.from({ length: widths.at(-1) }, (_, digit) => labels.indexOf(digit));
  network.train(
    oneOfEach.map((i) => rows[i]),
    oneOfEach.map((i) => labels[i]),
  ); // so that it has ten outputs
  const step = (start) => {
    const end = start + batchSize;
    network.train(rows.slice(start, end), Array.from(labels.subarray(start, end)));
  };
  return inOrderIncomparably(batchSize, step, "it draws its own weights, and numbers the classes of each batch anew");
}

await serve({ version: versionOf("ml-fnn", "ml-fnn"), train });
