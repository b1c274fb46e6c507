// Examples on their way through a network: copied straight from the data set to where kernels compute.
import { constant, Tensor } from "../autograd/tensor.js";
import { copyExamples } from "../datasets/dataset.js";
import { currentBackend } from "../kernels/backend.js";
import { floats, release, take } from "../kernels/heap.js";
import type { Kept } from "../kernels/kept.js";
import { zeros } from "../nd/creation.js";
import type { Data } from "../nd/dtype.js";
import { NdArray } from "../nd/nd-array.js";
import type { Shape } from "../nd/shape.js";

/** One example as a constant tensor of its shape `[…features]`. */
export function exampleTensor(inputs: NdArray, example: number, shape: Shape): Tensor {
  if (!(inputs.data instanceof Float32Array && currentBackend() === "simd")) return new Tensor(inputs.row(example));
  const tensor = new Tensor(undefined, constant, shape);
  const start = example * tensor.size;
  tensor.block = take(tensor.size);
  floats.set(inputs.data.subarray(start, start + tensor.size), tensor.block.pointer >>> 2);
  tensor.kept = { numbers: inputs.data, start };
  return tensor;
}

/** The examples at `indices` as a constant tensor `[n, …features]`. */
export function batchTensor(inputs: NdArray, indices: Uint32Array): Tensor {
  const shape = [indices.length, ...inputs.shape.slice(1)];
  if (!(inputs.data instanceof Float32Array && currentBackend() === "simd")) {
    return new Tensor(new NdArray(gather(inputs, indices), shape));
  }
  const tensor = new Tensor(undefined, constant, shape);
  tensor.block = take(tensor.size);
  copyExamples(floats, tensor.block.pointer >>> 2, inputs, indices);
  tensor.kept = new GatheredAgain(inputs, indices);
  return tensor;
}

/** Gives the memory of such a tensor back: whoever has kept it reads the examples from the data set again. */
export function letGo(tensor: Tensor): void {
  if (tensor.block !== undefined) release(tensor.block);
  tensor.block = undefined;
}

/** The numbers of a batch, made when somebody asks. */
class GatheredAgain implements Kept {
  readonly start = 0;
  readonly #inputs: NdArray;
  readonly #indices: Uint32Array;

  constructor(inputs: NdArray, indices: Uint32Array) {
    this.#inputs = inputs;
    this.#indices = indices;
  }

  get numbers(): ArrayLike<number> {
    return gather(this.#inputs, this.#indices);
  }
}

function gather(inputs: NdArray, indices: Uint32Array): Data {
  const { data } = zeros([indices.length, ...inputs.shape.slice(1)], { dtype: inputs.dtype });
  copyExamples(data, 0, inputs, indices);
  return data;
}
