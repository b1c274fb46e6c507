// Elementwise kernels that compute much for each element: by this thread, or by several where `setWorkers` has made some.
import type { Crew, Share } from "./crew.js";
import { kernels } from "./heap.js";
import type { Kernels, Pointer } from "./kernels.js";
import { partsOf } from "./parts.js";
import { crew } from "./workers.js";

/** From so many elements on threads share an activation: about 25 µs of work. */
const fewestActivated = 4096;
/** From so many on they share a step of Adam: about 35 µs of work. */
const fewestMoved = 32_768;

type Activation = (y: Pointer, x: Pointer, n: number) => void;

/** `y = tanh(x)`: the kernel of this name. */
export const tanh: Activation = (y, x, n) => activate("tanh", y, x, n);

/** `y = sigmoid(x)`: the kernel of this name. */
export const sigmoid: Activation = (y, x, n) => activate("sigmoid", y, x, n);

/** One step of Adam: the kernel of this name. */
export const adam: Kernels["adam"] = (W, g, m, v, ...rest) => {
  const n = rest.at(-1)!;
  if (crew === undefined || n < fewestMoved) kernels.adam(W, g, m, v, ...rest);
  else crew.compute("adam", shares(crew, n, [W, g, m, v], rest.slice(0, -1)));
};

function activate(kernel: "tanh" | "sigmoid", y: Pointer, x: Pointer, n: number): void {
  if (crew === undefined || n < fewestActivated) kernels[kernel](y, x, n);
  else crew.compute(kernel, shares(crew, n, [y, x]));
}

/** A cache line, so that no two threads write to the same one. */
const lineLength = 16;

/** The arguments of a kernel for parts of n elements, two a thread: pointers, constants, how many. */
function shares({ size }: Crew, n: number, pointers: readonly Pointer[], constants: readonly number[] = []): Share[] {
  return partsOf(n, 2 * size, lineLength).map(({ start, length }) => {
    return [...pointers.map((pointer) => pointer + 4 * start), ...constants, length];
  });
}
