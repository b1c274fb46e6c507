// Checks that open each function: what came, what was expected, what to do.
import { describeValue } from "../nd/describe.js";
import { expectArray, expectSameDType, NdArray } from "../nd/nd-array.js";
import { formatShape, type Shape, ShapeError, sameShape } from "../nd/shape.js";

/** Checks that the argument of a function is an array; a Tensor holds one, and has functions of its own. */
export function expectOperand(where: string, x: NdArray): void {
  const { data } = (x ?? {}) as { data?: unknown };
  if (!(data instanceof NdArray)) return void expectArray(where, x);
  throw new ShapeError(
    `${where}: expected an NdArray, received ${describeValue(x)}: use ops.${where} to keep its graph, or give its data`,
  );
}

/** Checks W `[out, in]`, b `[out]`, x `[in]` or `[n, in]`, and g of the shape of `W x + b` if there is one; all of one dtype. */
export function expectAffineShapes(where: string, W: NdArray, b: NdArray, x: NdArray, ...g: readonly NdArray[]): void {
  // Asked for each example: no iterator, no closure.
  expectArray(where, W);
  expectArray(where, b);
  expectArray(where, x);
  for (let i = 0; i < g.length; i++) expectArray(where, g[i]!);
  if (W.ndim !== 2) throw new ShapeError(`${where}: W must be a matrix [out, in], received ${formatShape(W.shape)}`);
  const dimOut = W.shape[0]!;
  const dimIn = W.shape[1]!;
  if (b.ndim !== 1 || b.shape[0] !== dimOut) {
    throw new ShapeError(
      `${where}: b must have one element for each row of W (expected [${dimOut}], received ${formatShape(b.shape)})`,
    );
  }
  if (x.ndim !== 1 && x.ndim !== 2) {
    throw new ShapeError(
      `${where}: x must be one example [in] or a batch [n, in], received ${formatShape(x.shape)}: flatten the images first`,
    );
  }
  const features = x.shape[x.ndim - 1]!;
  if (features !== dimIn) {
    throw new ShapeError(
      `${where}: x has ${features} features but W expects ${dimIn} (x is ${formatShape(x.shape)}, W is ${formatShape(W.shape)})`,
    );
  }
  for (let i = 0; i < g.length; i++) expectScoresShape(where, g[i]!, x.ndim === 1 ? [dimOut] : [x.shape[0]!, dimOut]);
  expectSameDType(where, W, b);
  expectSameDType(where, W, x);
  for (let i = 0; i < g.length; i++) expectSameDType(where, W, g[i]!);
}

function expectScoresShape(where: string, g: NdArray, expected: Shape): void {
  if (sameShape(g.shape, expected)) return;
  throw new ShapeError(
    `${where}: g must have the shape of W x + b (expected ${formatShape(expected)}, received ${formatShape(g.shape)})`,
  );
}

/** Checks W `[out, in]` and the gradient g of `W x + b`, `[out]` or `[n, out]`; of one dtype. */
export function expectAffineGradient(where: string, W: NdArray, g: NdArray): void {
  expectArray(where, W);
  expectArray(where, g);
  if (W.ndim !== 2) throw new ShapeError(`${where}: W must be a matrix [out, in], received ${formatShape(W.shape)}`);
  const [dimOut] = W.shape;
  if ((g.ndim !== 1 && g.ndim !== 2) || g.shape[g.ndim - 1] !== dimOut) {
    throw new ShapeError(
      `${where}: g must have the shape of W x + b (expected [${dimOut}] or [n, ${dimOut}], received ${formatShape(g.shape)})`,
    );
  }
  expectSameDType(where, W, g);
}

/** Checks that the incoming gradient `g` is an array of the expected shape. */
export function expectGradientShape(where: string, g: NdArray, expected: Shape): void {
  expectArray(where, g);
  if (!sameShape(g.shape, expected)) {
    throw new ShapeError(`${where}: g must have the shape ${formatShape(expected)}, received ${formatShape(g.shape)}`);
  }
}

/** Checks that the incoming gradient `g` of an elementwise function of `x` has the shape and dtype of x. */
export function expectGradientLike(where: string, g: NdArray, x: NdArray): void {
  expectArray(where, x);
  expectGradientShape(where, g, x.shape);
  expectSameDType(where, x, g);
}

/** Checks that `x` is a vector of logits and `gold` one of its classes. */
export function expectLabel(where: string, x: NdArray, gold: number): void {
  expectArray(where, x);
  if (x.ndim !== 1 || x.size === 0) {
    throw new ShapeError(`${where}: x must be a vector of logits [k], received ${formatShape(x.shape)}`);
  }
  expectClass(where, gold, x.size);
}

/** Checks that `x` is `[n, k]` and `golds` holds n of its classes. */
export function expectLabels(where: string, x: NdArray, golds: ArrayLike<number>): void {
  expectArray(where, x);
  const [n, k = 0] = x.shape;
  if (x.ndim !== 2 || k === 0) {
    throw new ShapeError(`${where}: x must be a batch of logits [n, k], received ${formatShape(x.shape)}`);
  }
  if (golds.length !== n) throw new ShapeError(`${where}: ${n} rows of logits but ${golds.length} labels`);
  for (let i = 0; i < golds.length; i++) expectClass(where, golds[i]!, k);
}

function expectClass(where: string, gold: number, classes: number): void {
  if (!(Number.isInteger(gold) && gold >= 0 && gold < classes)) {
    throw new RangeError(
      `${where}: gold must be a class between 0 and ${classes - 1}, received ${describeValue(gold)}`,
    );
  }
}
