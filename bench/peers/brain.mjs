// brain.js, whose loss is the squared error. Usage: brain.mjs TASK_JSON FOLDER
import brain from "brain.js";
import { inOrderIncomparably, rowsOf, serve, Unable, versionOf } from "./start.mjs";

function train({ widths, activation, learningRate, batchSize }, { inputs, labels }) {
  if (batchSize > 1) throw new Unable("it has no batches");
  const classes = widths.at(-1);
  const rows = rowsOf(inputs, widths[0]).map((input, i) => {
    const output = Array(classes).fill(0);
    output[labels[i]] = 1;
    return { input, output };
  });
  const network = new brain.NeuralNetwork({
    hiddenLayers: widths.slice(1, -1),
    activation,
    learningRate,
    momentum: 1e-9,
  });
  network.train(rows.slice(0, 1), { iterations: 1 }); // so that it has its size
  const step = (start) => network.trainPattern(rows[start]);
  return inOrderIncomparably(batchSize, step, "it draws its own weights and has another loss, the squared error");
}

await serve({ version: versionOf("brain.js", "brain.js"), train });
