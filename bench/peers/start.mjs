// What the peers share: the benchmark's own protocol, compiled by `npm run bench`, and the order of the examples.
import { readFileSync } from "node:fs";
import { examples } from "../../dist/bench/competitors/task.js";

export { serve, Unable } from "../../dist/bench/competitors/serve.js";
export { examples };

/** `tfjs 4.22.0` */
export function versionOf(name, packageName) {
  const url = new URL(`node_modules/${packageName}/package.json`, import.meta.url);
  return `${name} ${JSON.parse(readFileSync(url, "utf8")).version}`;
}

/**
 * A runner out of `step(start)`, which trains on the batch that begins at example `start` and returns its loss, and of
 * `settle`, called after the last step with what that returned: where losses are read late, or work is still under way.
 */
export function inOrder(batchSize, step, settle = (loss) => loss) {
  let next = 0;
  const advance = () => {
    const start = next;
    next = (next + batchSize) % examples;
    return step(start);
  };
  return {
    losses: async (steps) => {
      const losses = [];
      for (let i = 0; i < steps; i++) losses.push(await settle(advance()));
      return losses;
    },
    run: async (steps) => {
      let last;
      for (let i = 0; i < steps; i++) last = advance();
      await settle(last);
    },
    perStep: batchSize,
  };
}

/** The same, of which no loss can be compared; `why` says so. */
export function inOrderIncomparably(batchSize, step, why) {
  const { losses: _, ...runner } = inOrder(batchSize, step);
  return { ...runner, note: `† ${why}` };
}

/** `W [out, in]` by columns: `[in, out]`, row by row. */
export function transposed(W, out, width) {
  return Float32Array.from({ length: W.length }, (_, i) => W[(i % out) * width + Math.floor(i / out)]);
}

/** Rows of numbers, for libraries without typed arrays. */
export const rowsOf = (values, width) =>
  Array.from({ length: values.length / width }, (_, i) => Array.from(values.subarray(i * width, (i + 1) * width)));
