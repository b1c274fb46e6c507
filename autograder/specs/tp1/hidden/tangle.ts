// A few examples to learn from: four have 24 orders of visiting them, few enough to try all.
import { type Dataset, type RandomGenerator, stack } from "retroprop";

/** Neighbours with different labels: their losses never vanish, large steps keep stumbling, and every order shows. */
export function drawTangle(random: RandomGenerator, labels: readonly number[]): Dataset {
  const centre = random.normal([5]);
  const inputs = stack(Array.from(labels, () => centre.add(random.normal([5], { scale: 0.4 }))));
  return { inputs, labels: Uint8Array.from(labels), classNames: ["a", "b", "c"] };
}
