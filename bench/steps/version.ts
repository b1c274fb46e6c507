// One step of a ladder, in a process of its own. Usage: version.js NAME TASK_JSON FOLDER, where NAME is one of those below.
import { RandomGenerator } from "retroprop";
import { type Runner, serve } from "../competitors/serve.js";
import {
  type ChainTask,
  examples,
  type LayerStart,
  type ProductTask,
  type TrainData,
  type TrainTask,
} from "../competitors/task.js";
import { chainIn } from "./chain.js";
import { type Learn, layerIn, newArrays, type ResultMemory, targetOf } from "./layer.js";
import {
  gradientInFactors,
  type HeapProduct,
  layerByKernels,
  pooledMemory,
  productByRows,
  productInTiles,
  withoutZeros,
  writtenGradient,
} from "./on-heap.js";
import { type Multiply, multiplyBlocked, multiplyFlat, multiplyInOrder, multiplyRows, type Sizes } from "./products.js";

type Product = (
  sizes: Sizes,
  A: Float32Array,
  B: Float32Array,
) => Omit<HeapProduct, "result"> & {
  readonly result: () => Iterable<number>;
};

const products: Readonly<Record<string, Product>> = {
  "product-rows": nestedProduct,
  "product-flat": flatProduct(multiplyFlat),
  "product-in-order": flatProduct(multiplyInOrder),
  "product-blocked": flatProduct(multiplyBlocked),
  "product-simd": productByRows,
  "product-tiles": productInTiles,
};

const layers: Readonly<Record<string, (start: LayerStart, rate: number) => Learn>> = {
  "layer-new-arrays": (start, rate) => layerIn(newArrays, start, rate),
  "layer-simd": (start, rate) => layerByKernels(writtenGradient, start, rate),
  "layer-factors": (start, rate) => layerByKernels(gradientInFactors, start, rate),
  "layer-non-zeros": (start, rate) => layerByKernels(withoutZeros, start, rate),
};

const memories: Readonly<Record<string, () => ResultMemory>> = {
  "chain-new-arrays": () => newArrays,
  "chain-pool": pooledMemory,
};

const [name] = process.argv.splice(2, 1) as [string];

function product(task: ProductTask): Runner {
  const { m, n, k } = task;
  const random = new RandomGenerator(1);
  const [A, B] = [random.uniform([m, k]), random.uniform([k, n])];
  const { run, result } = products[name]!(task, A.data as Float32Array, B.data as Float32Array);
  return {
    losses: () => {
      run();
      return [...result()];
    },
    run: (steps) => {
      for (let i = 0; i < steps; i++) run();
    },
    perStep: (2 * m * n * k) / 1e9,
  };
}

function nestedProduct(sizes: Sizes, A: Float32Array, B: Float32Array): ReturnType<Product> {
  const { m, n, k } = sizes;
  const [a, b, c] = [rowsOf(A, m, k), rowsOf(B, k, n), rowsOf(new Float32Array(m * n), m, n)];
  return { run: () => multiplyRows(sizes, c, a, b), result: () => c.flat() };
}

const rowsOf = (M: Float32Array, rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, (_, i) => [...M.subarray(i * columns, (i + 1) * columns)]);

function flatProduct(multiply: Multiply): Product {
  return (sizes, A, B) => {
    const C = new Float32Array(sizes.m * sizes.n);
    return { run: () => multiply(sizes, C, A, B), result: () => C };
  };
}

function train({ learningRate }: TrainTask, { inputs, labels, layers: [start] }: TrainData): Runner {
  const width = start!.in;
  const learn = layers[name]!(start!, learningRate);
  const xs = Array.from({ length: examples }, (_, i) => inputs.slice(i * width, (i + 1) * width));
  const targets = Array.from({ length: 10 }, (_, label) => targetOf(label, start!.out));
  let next = 0;
  const step = () => {
    const loss = learn(xs[next]!, targets[labels[next]!]!);
    next = (next + 1) % examples;
    return loss;
  };
  return {
    losses: (steps) => Array.from({ length: steps }, step),
    run: (steps) => {
      for (let i = 0; i < steps; i++) step();
    },
    perStep: 1,
  };
}

function chain({ length, size }: ChainTask): Runner {
  const memory = memories[name]!();
  return {
    losses: () => [chainIn(memory, length, size)],
    run: (steps) => {
      for (let i = 0; i < steps; i++) chainIn(memory, length, size);
    },
    perStep: length,
  };
}

await serve({ version: `Node ${process.version}`, product, train, chain });
