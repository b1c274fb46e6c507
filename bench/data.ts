// Writes what every competitor starts from: examples and first weights, the same bytes for all.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Dataset, flattenInputs, mnist, RandomGenerator, takeExamples } from "retroprop";
import { examples, inputsFile, labelsFile, type TrainTask, weightsFile } from "./competitors/task.js";

/** Writes the files of all these trainings to `folder`. */
export function writeTrainData(tasks: readonly TrainTask[], folder: string): void {
  const sets = { dense: randomExamples, mnist: digits };
  for (const data of new Set(tasks.map(({ data }) => data))) {
    const { inputs, labels } = sets[data]();
    writeFileSync(join(folder, inputsFile({ data })), bytesOf(inputs.data as Float32Array));
    writeFileSync(join(folder, labelsFile({ data })), labels);
  }
  for (const task of tasks) writeFileSync(join(folder, weightsFile(task)), bytesOf(firstWeights(task.widths)));
}

function randomExamples(): Pick<Dataset, "inputs" | "labels"> {
  const random = new RandomGenerator(1);
  return {
    inputs: random.uniform([examples, 784]),
    labels: Uint8Array.from({ length: examples }, () => random.integer(10)),
  };
}

const digits = (): Dataset => flattenInputs(takeExamples(mnist().train, examples));

/** Each W uniform in ±1/√in, each b zero. */
function firstWeights(widths: readonly number[]): Float32Array {
  const random = new RandomGenerator(2);
  const parts = widths.slice(1).flatMap((out, i) => {
    const width = widths[i]!;
    const bound = 1 / Math.sqrt(width);
    return [...random.uniform([out, width], { low: -bound, high: bound }).data, ...new Float32Array(out)];
  });
  return Float32Array.from(parts);
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
