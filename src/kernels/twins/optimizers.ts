// The optimisers, one pass over a parameter. They compute in double precision and round what they store; the kernels round
// every step to float32, which makes them differ in the last digits.
import type { Kernels } from "../kernels.js";
import { floatsAt, type Memory } from "./memory.js";

export const optimizerTwins = (memory: Memory): Pick<Kernels, "sgd" | "adam"> => ({
  sgd: (W, g, v, rate, momentum, gain, nesterov, decay, l1, n) => {
    const [w, G] = [floatsAt(memory, W, n), floatsAt(memory, g, n)];
    const velocity = v === 0 ? undefined : floatsAt(memory, v, n);
    for (let i = 0; i < n; i++) {
      const d = G[i]! + decay * w[i]! + l1 * Math.sign(w[i]!);
      let direction = d;
      if (velocity !== undefined) {
        velocity[i] = momentum * velocity[i]! + gain * d;
        direction = nesterov ? momentum * velocity[i]! + gain * d : velocity[i]!;
      }
      w[i]! -= rate * direction;
    }
  },
  adam: (W, g, m, v, rate, beta1, complement1, beta2, complement2, correction, epsilon, decay, kept, n) => {
    const [w, G, first, second] = [W, g, m, v].map((pointer) => floatsAt(memory, pointer, n)) as Quadruple;
    for (let i = 0; i < n; i++) {
      const d = G[i]! + decay * w[i]!;
      first[i] = beta1 * first[i]! + complement1 * d;
      second[i] = beta2 * second[i]! + complement2 * d * d;
      w[i] = kept * w[i]! - (rate * first[i]!) / (Math.sqrt(second[i]! / correction) + epsilon);
    }
  },
});

type Quadruple = [Float32Array, Float32Array, Float32Array, Float32Array];
