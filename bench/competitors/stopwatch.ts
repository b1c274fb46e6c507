// How fast something is that can be done any number of times.
import { medianOf } from "../statistics.js";

/**
 * Steps a second, as the median over pieces of the time that is given. A piece has as many steps as take an eighth of that
 * time at least; how many, is found once.
 *
 * @param now in milliseconds
 */
export function stopwatchOf(
  run: (steps: number) => void | Promise<void>,
  now: () => number = () => performance.now(),
): (seconds: number) => Promise<number> {
  let steps = 1;
  const time = async () => {
    const before = now();
    await run(steps);
    return (now() - before) / 1000;
  };
  return async (seconds) => {
    let took = await time();
    for (; took < seconds / 8; took = await time()) steps *= 2;
    const rates = [steps / took];
    for (let total = took; total < seconds; total += took) {
      took = await time();
      rates.push(steps / took);
    }
    return medianOf(rates);
  };
}
