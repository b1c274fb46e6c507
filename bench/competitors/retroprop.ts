// TP1's loop through the public API: one example at a time, sgdStep on each. Prints { version, samplesPerSecond, meanLoss }.
import { flattenInputs, mnist, sgdStep, takeExamples, zeros } from "retroprop";

const samples = Number(process.argv[2]);
const { inputs, labels } = takeExamples(flattenInputs(mnist().train), samples);
const W = zeros([10, 784]);
const b = zeros([10]);

const start = performance.now();
let total = 0;
for (let i = 0; i < samples; i++) total += sgdStep(W, b, inputs.row(i), labels[i]!, 0.01);
const seconds = (performance.now() - start) / 1000;

console.log(
  JSON.stringify({ version: process.version, samplesPerSecond: samples / seconds, meanLoss: total / samples }),
);
