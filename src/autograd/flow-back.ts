// The way back through the tape, from one step to all that it was computed from.
import { close, isOpen, receive } from "./arrivals.js";
import { expectGradientOf, fits } from "./expect-gradient.js";
import { GraphError } from "./graph-error.js";
import { droppedAncestors, type Step, tape } from "./tape.js";

/** Sends gradients back from the output of `last`, to all that it was computed from. */
export function flowBack(last: Step): void {
  for (let place = last.place; place >= 0 && isOpen(); place--) {
    const step = tape.at(place);
    if (step?.output.hasArrived()) sendBack(step);
  }
  if (!isOpen()) return;
  for (const step of droppedAncestors(last)) if (step.output.hasArrived()) sendBack(step);
  if (isOpen()) {
    throw new GraphError(
      "backward: an operation called backward() on a part of this very graph, and released it: compute what it needs from detached tensors",
    );
  }
}

/** Sends the gradient of a step's output to its inputs. */
function sendBack(step: Step): void {
  const { inputs } = step;
  for (let i = 0; i < inputs.length; i++) if (inputs[i]!.requireGrad) inputs[i]!.expectGraph();
  if (step.twin === undefined) sendBackArrays(step);
  else step.twin.backward(step, step.output.arrivedBlock());
  close();
}

function sendBackArrays({ operation, inputs, settings, output, values }: Step): void {
  const g = output.arrivedValues();
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
