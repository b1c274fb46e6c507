// ConvNetJS. Usage: convnet.mjs TASK_JSON FOLDER
import convnet from "convnetjs";
import { inOrder, inOrderIncomparably, serve, versionOf } from "./start.mjs";

/** It has no Adam: Adadelta keeps as many averages. */
function train({ widths, activation, optimizer, learningRate, batchSize }, { inputs, labels, layers }) {
  const net = networkOf(widths, activation);
  const affine = net.layers.filter(({ filters }) => filters !== undefined);
  affine.forEach(({ filters, biases }, i) => {
    const { W, b, in: width } = layers[i];
    filters.forEach((filter, row) => {
      filter.w.set(W.subarray(row * width, (row + 1) * width));
    });
    biases.w.set(b);
  });
  const method = optimizer === "adam" ? "adadelta" : "sgd";
  const trainer = new convnet.Trainer(net, { method, learning_rate: learningRate, momentum: 0, batch_size: batchSize });
  const volumes = volumesOf(inputs, widths[0]);
  const step = (start) => {
    let total = 0;
    for (let i = start; i < start + batchSize; i++) total += trainer.train(volumes[i], labels[i]).cost_loss;
    return total / batchSize;
  };
  if (method === "sgd") return inOrder(batchSize, step);
  return inOrderIncomparably(batchSize, step, "it has no Adam; Adadelta stands in");
}

function networkOf(widths, activation) {
  const hidden = widths.slice(1, -1).map((width) => ({ type: "fc", num_neurons: width, activation }));
  const net = new convnet.Net();
  net.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: widths[0] },
    ...hidden,
    { type: "softmax", num_classes: widths.at(-1) },
  ]);
  return net;
}

function volumesOf(inputs, width) {
  return Array.from({ length: inputs.length / width }, (_, i) => {
    const volume = new convnet.Vol(1, 1, width, 0);
    volume.w.set(inputs.subarray(i * width, (i + 1) * width));
    return volume;
  });
}

await serve({ version: versionOf("ConvNetJS", "convnetjs"), train });
