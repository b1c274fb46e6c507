// The tape: the operations that were computed, in creation order, which is a topological order of the graph.
import { type Block, release } from "../kernels/heap.js";
import { NdArray } from "../nd/nd-array.js";
import type { HeapTwin, Operation } from "./operation.js";
import type { Tensor } from "./tensor.js";

/** One operation that was computed: what a gradient needs to flow back through it. */
export class Step {
  declare readonly operation: Operation<unknown>;
  declare readonly inputs: readonly Tensor[];
  declare readonly settings: unknown;
  declare readonly output: Tensor;
  /** The arrays of the inputs, as the operation saw them; undefined where those of the tensors will do. */
  declare values: readonly (NdArray | undefined)[];
  /** What computed it on the heap, as long as it is there. */
  declare twin: HeapTwin<unknown> | undefined;
  /** Blocks that the twin saved for the way back. */
  declare first: Block | undefined;
  declare second: Block | undefined;
  /** Later steps have larger numbers. */
  declare number: number;
  /** How many elements it keeps alive: its result, what it saved, the constants it read, and an array among its settings. */
  declare cost: number;
  /** Index on the tape; −1 when the tape no longer holds it. */
  declare place: number;

  constructor(
    operation: Operation<unknown>,
    inputs: readonly Tensor[],
    settings: unknown,
    output: Tensor,
    values: readonly (NdArray | undefined)[],
  ) {
    this.operation = operation;
    this.inputs = inputs;
    this.settings = settings;
    this.output = output;
    this.values = values;
    this.twin = undefined;
    this.first = undefined;
    this.second = undefined;
    this.number = 0;
    this.cost = 0;
    this.place = -1;
  }

  /** Gives its blocks back. What was computed stays readable; the way back is then by the formulas, if there is one. */
  leaveHeap(canGoBack: boolean): void {
    if (canGoBack && this.twin?.spill !== undefined) this.values = this.twin.spill(this);
    this.twin = undefined;
    this.releaseSaved();
    this.output.leaveHeap(canGoBack);
  }

  /** Gives back what was saved for the way back. */
  releaseSaved(): void {
    if (this.first !== undefined) release(this.first);
    if (this.second !== undefined) release(this.second);
    this.first = this.second = undefined;
  }
}

/**
 * Steps in creation order. It holds a step until `backward` has gone through it, or until there are too many: the older
 * half of a tape over budget leaves the heap and is then held by the tensors alone, stays differentiable, and goes when
 * they go. A forward pass that nobody differentiates therefore costs a bounded amount of memory.
 */
export class Tape {
  static readonly maxSteps = 4096;
  static readonly maxElements = 8 * 2 ** 20;

  #steps: (Step | undefined)[] = [];
  #elements = 0;
  #count = 0;

  /** Makes room for one more step. */
  makeRoom(): void {
    if (this.#steps.length >= Tape.maxSteps || this.#elements > Tape.maxElements) this.#dropOlderHalf();
  }

  /** @param constants how many elements its inputs have that are no parameters: these live on without the tape */
  record(step: Step, constants: number): void {
    const { output, settings } = step;
    step.number = this.#count++;
    step.cost = output.size + constants + (settings instanceof NdArray ? settings.size : 0);
    step.place = this.#steps.length;
    this.#steps.push(step);
    this.#elements += step.cost;
  }

  /** The step at a place, unless it has been released. */
  at(place: number): Step | undefined {
    return this.#steps[place];
  }

  /** Gives up a step that a gradient has gone through. */
  release(step: Step): void {
    this.#forget(step);
    step.leaveHeap(false);
  }

  #dropOlderHalf(): void {
    const half = this.#steps.length >> 1;
    for (const step of this.#steps.slice(0, half)) {
      if (step === undefined) continue;
      this.#forget(step);
      step.leaveHeap(true);
    }
    this.#steps = this.#steps.slice(half);
    this.#steps.forEach((step, place) => {
      if (step !== undefined) step.place = place;
    });
  }

  /** The last step that it holds is always the last of the list. */
  #forget(step: Step): void {
    if (step.place < 0) return;
    const held = this.#steps;
    this.#elements -= step.cost;
    held[step.place] = undefined;
    step.place = -1;
    while (held.length > 0 && held[held.length - 1] === undefined) held.pop();
  }
}

/** The one tape: what is computed goes on it, whatever the graph. */
export const tape = new Tape();

/** The steps behind `last`, itself included, that no tape holds, latest first. Not recursive: graphs may be deep. */
export function droppedAncestors(last: Step): Step[] {
  const seen = new Set([last]);
  for (const step of seen) {
    for (const input of step.inputs) if (input.step !== undefined) seen.add(input.step); // a Set visits what is added on the way
  }
  return [...seen].filter(({ place }) => place < 0).sort((a, b) => b.number - a.number);
}
