// The tape: the operations that were computed, in creation order, which is a topological order of the graph.
import { NdArray } from "../nd/nd-array.js";
import type { Operation } from "./operation.js";
import type { Tensor } from "./tensor.js";

/** One operation that was computed: what a gradient needs to flow back through it. */
export interface Step {
  readonly operation: Operation<unknown>;
  readonly inputs: readonly Tensor[];
  /** The arrays of the inputs, as the operation saw them. */
  readonly values: readonly NdArray[];
  readonly output: Tensor;
  readonly settings: unknown;
  /** Later steps have larger numbers. */
  readonly number: number;
  /** How many elements it keeps alive: its result, the constants it read, and an array among its settings. */
  readonly cost: number;
  /** Index on the tape; −1 when the tape no longer holds it. */
  place: number;
}

/**
 * Steps in creation order. It holds a step until `backward` has gone through it, or until there are too many: the older
 * half of a tape over budget is then held by the tensors alone, stays differentiable, and goes when they go. A forward
 * pass that nobody differentiates therefore costs a bounded amount of memory.
 */
export class Tape {
  static readonly maxSteps = 4096;
  static readonly maxElements = 8 * 2 ** 20;

  #steps: (Step | undefined)[] = [];
  #elements = 0;
  #count = 0;

  record(unplaced: Omit<Step, "number" | "cost" | "place">): Step {
    if (this.#steps.length >= Tape.maxSteps || this.#elements > Tape.maxElements) this.#dropOlderHalf();
    const step = { ...unplaced, number: this.#count++, cost: costOf(unplaced), place: this.#steps.length };
    this.#steps.push(step);
    this.#elements += step.cost;
    return step;
  }

  /** Gives up the steps that a gradient has gone through. */
  release(steps: readonly Step[]): void {
    for (const step of steps) this.#forget(step);
    while (this.#steps.length > 0 && this.#steps.at(-1) === undefined) this.#steps.pop();
  }

  /** The steps at and before `last`, latest first: those on the tape, then those it has dropped that `last` needs. */
  *backFrom(last: Step): Generator<Step> {
    for (let place = last.place; place >= 0; place--) {
      const step = this.#steps[place];
      if (step !== undefined) yield step;
    }
    yield* droppedAncestors(last);
  }

  #dropOlderHalf(): void {
    const half = this.#steps.length >> 1;
    for (const step of this.#steps.slice(0, half)) if (step !== undefined) this.#forget(step);
    this.#steps = this.#steps.slice(half);
    this.#steps.forEach((step, place) => {
      if (step !== undefined) step.place = place;
    });
  }

  #forget(step: Step): void {
    if (step.place < 0) return;
    this.#elements -= step.cost;
    this.#steps[step.place] = undefined;
    step.place = -1;
  }
}

/** Parameters do not count: they live on without the tape. */
function costOf({ inputs, output, settings }: Omit<Step, "number" | "cost" | "place">): number {
  let cost = output.data.size + (settings instanceof NdArray ? settings.size : 0);
  for (const { requireGrad, data } of inputs) if (!requireGrad) cost += data.size;
  return cost;
}

/** The steps behind `last`, itself included, that no tape holds, latest first. Not recursive: graphs may be deep. */
function droppedAncestors(last: Step): Step[] {
  const seen = new Set([last]);
  for (const step of seen) {
    for (const input of step.inputs) if (input.step !== undefined) seen.add(input.step); // a Set visits what is added on the way
  }
  return [...seen].filter(({ place }) => place < 0).sort((a, b) => b.number - a.number);
}
