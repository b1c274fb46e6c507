// Two shapes in one loop: cuts a broadcast operation into runs over contiguous memory.
import { type Data, dtypeOf } from "./dtype.js";
import type { BinaryLoops, BinaryOperation } from "./elementwise.js";
import { formatShape, type Shape, ShapeError, sameShape } from "./shape.js";

/** What a broadcast needs of an array. */
interface Operand {
  readonly data: Data;
  readonly shape: Shape;
}

/**
 * The shape of `a op b` by NumPy's rule: aligned at the last axis, a length of 1 stretches.
 * Throws {@link ShapeError} when two lengths differ and neither is 1.
 */
export function broadcastShapes(where: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const shape: number[] = [];
  for (let axis = -Math.max(a.length, b.length); axis < 0; axis++) {
    const m = lengthAt(a, axis);
    const n = lengthAt(b, axis);
    if (m !== n && m !== 1 && n !== 1) {
      throw new ShapeError(
        `${where}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast (axis ${axis}: ${m} against ${n})`,
      );
    }
    shape.push(n === 1 ? m : n);
  }
  return shape;
}

/** The length along an axis that is counted from the end: 1 where the shape has none. */
const lengthAt = (shape: Shape, axis: number): number => (-axis > shape.length ? 1 : shape[shape.length + axis]!);

/** Computes `data op= y` for a number, rounded to the dtype as an element of an array would be. */
export function runNumber(operation: BinaryOperation, data: Data, y: number): void {
  const dtype = dtypeOf(data);
  operation[dtype].number(data, dtype === "float32" ? Math.fround(y) : y);
}

/** Computes `out = a op b`, both stretched to `shape`; `out` may be the memory of `a`. */
export function runBroadcast(operation: BinaryOperation, out: Data, shape: Shape, a: Operand, b: Operand): void {
  const loops = operation[dtypeOf(out)];
  const isNumber = b.data.length === 1;
  if (!sameShape(a.shape, shape) || !(isNumber || sameShape(b.shape, shape))) {
    runStretched(loops, out, shape, a, b);
    return;
  }
  if (out !== a.data) out.set(a.data);
  if (isNumber) loops.number(out, b.data[0]!);
  else loops.arrays(out, b.data);
}

function runStretched(loops: BinaryLoops, out: Data, shape: Shape, a: Operand, b: Operand): void {
  const stepsOfA = broadcastSteps(a.shape, shape);
  const stepsOfB = broadcastSteps(b.shape, shape);
  const last = shape.length - 1;
  const n = shape[last]!;
  const walk = (axis: number, o: number, i: number, j: number): void => {
    if (axis === last) {
      loops.strided(n, out, o * n, a.data, i, stepsOfA[last]!, b.data, j, stepsOfB[last]!);
      return;
    }
    const length = shape[axis]!;
    for (let k = 0; k < length; k++) walk(axis + 1, o * length + k, i + k * stepsOfA[axis]!, j + k * stepsOfB[axis]!);
  };
  walk(0, 0, 0, 0);
}

/** How far to move in memory for one step along each axis of the wider shape: 0 where the axis is stretched. */
function broadcastSteps(from: Shape, to: Shape): number[] {
  const steps = new Array<number>(to.length).fill(0);
  let step = 1;
  for (let axis = from.length - 1; axis >= 0; axis--) {
    if (from[axis] !== 1) steps[axis + to.length - from.length] = step;
    step *= from[axis]!;
  }
  return steps;
}
