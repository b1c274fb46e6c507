// The way back through the tape, from one step to all that it was computed from.
import { arrivedArray, arrivedBlock, close, isOpen, receive } from "./arrivals.js";
import { expectGradientOf, fits } from "./expect-gradient.js";
import { GraphError } from "./graph-error.js";
import { droppedAncestors, type Step, tape } from "./tape.js";

/** Sends gradients back from the output of `last`; returns the steps they went through. */
export function flowBack(last: Step): Step[] {
  const done: Step[] = [];
  for (let place = last.place; place >= 0 && isOpen(); place--) {
    const step = tape.at(place);
    if (step?.output.hasArrived()) done.push(sendBack(step));
  }
  if (!isOpen()) return done;
  for (const step of droppedAncestors(last)) {
    if (step.output.hasArrived()) done.push(sendBack(step));
  }
  if (isOpen()) {
    throw new GraphError(
      "backward: an operation called backward() on a part of this very graph, and released it: compute what it needs from detached tensors",
    );
  }
  return done;
}

/** Sends the gradient of a step's output to its inputs. */
function sendBack(step: Step): Step {
  for (const input of step.inputs) if (input.requireGrad) input.expectGraph();
  if (step.twin === undefined) sendBackArrays(step);
  else step.twin.backward(step, arrivedBlock(step.output));
  close();
  return step;
}

function sendBackArrays({ operation, inputs, settings, output, values }: Step): void {
  const g = arrivedArray(output);
  const arrays = inputs.map((input, i) => values[i] ?? input.peek());
  const result = output.peek();
  inputs.forEach((input, i) => {
    if (!input.requireGrad) return;
    const gradient = operation.backward(g, i, arrays, result, settings);
    if (!fits(gradient, input))
      expectGradientOf(`the backward of "${operation.name}", for input ${i}`, input, gradient);
    receive(input, gradient, g);
  });
}
