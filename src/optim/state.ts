// What an optimiser remembers of a parameter: arrays of its shape, in memory of the same kind and laid out as it is.
import { LearntTensor } from "../autograd/learnt-tensor.js";
import { zeros } from "../nd/creation.js";
import type { Parameter } from "../nn/parameter.js";

/** A state of a parameter, 0 at first. */
export const stateOf = ({ shape, dtype }: Parameter): LearntTensor => new LearntTensor(zeros(shape, { dtype }), {});

/** Where a state lies on the heap, element by element beside its parameter. */
export function pointerBeside(state: LearntTensor, parameter: Parameter): number {
  if (parameter.stride === 0) state.settleByRows(); // the parameter may have been settled since
  return state.block!.pointer;
}

/** Every element becomes 0. */
export const clear = (state: LearntTensor): void => state.assign(zeros(state.shape, { dtype: state.dtype }));
