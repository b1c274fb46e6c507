// The computational graph of a tensor: values flow from left to right, gradients stand under them.
import type { NdArray } from "../nd/nd-array.js";
import { formatShape } from "../nd/shape.js";
import type { SvgFigure } from "./figure.js";
import { french, frenchNumber } from "./french.js";
import { layoutGraph } from "./graph-layout.js";
import { drawing } from "./show-itself.js";
import { boxSize, drawGraph, type GraphBox } from "./svg/graph.js";

/** What {@link plotGraph} reads of a tensor: the library's own has it, and so has one written from nothing. */
export interface DrawnTensor {
  readonly data: NdArray;
  readonly gradient?: NdArray | undefined;
  readonly requireGrad: boolean;
  readonly name?: string | undefined;
  /** What computed it; absent for a leaf. */
  readonly operation?: string | undefined;
  readonly inputs: readonly DrawnTensor[];
  /** Whether what it was computed from has been given up. */
  readonly isReleased?: boolean;
}

export interface GraphOptions {
  readonly title?: string;
}

/** More boxes than this cannot be read in a column of text. */
const mostNodes = 60;

/**
 * The graph behind `root`: one box a tensor, with what computed it or its name, its value (the shape alone beyond four
 * numbers), and its gradient in the second colour (its norm beyond four numbers). A tensor used twice has two arrows.
 * Parameters are blue, constants dashed. `backward` releases the library's graphs: keep it with `traceGraph` before.
 *
 * @example
 * const w = { name: "w", data: array(3), gradient: array(4), requireGrad: true, inputs: [] };
 * const x = { name: "x", data: array(4), requireGrad: false, inputs: [] };
 * const y = { operation: "×", data: array(12), gradient: array(1), requireGrad: true, inputs: [w, x] };
 * plotGraph(y).alt // Graphe de calcul, 3 nœuds : w = 3, gradient 4 ; x = 4 ; × = 12, gradient 1.
 *
 * @throws RangeError when the graph has more than 60 nodes, goes round in a circle, or has been released
 */
export function plotGraph(root: DrawnTensor, options: GraphOptions = {}): SvgFigure {
  const tensors = inputsFirst(root);
  if (tensors.some(({ isReleased }) => isReleased === true)) {
    throw new RangeError(
      "plotGraph: backward() has released this graph: keep it with traceGraph(…) before backward(), and draw that",
    );
  }
  if (tensors.length > mostNodes) {
    throw new RangeError(
      `plotGraph: the graph has ${tensors.length} nodes, at most ${mostNodes} can be drawn; draw an intermediate tensor instead, or compute with fewer layers, examples or steps`,
    );
  }
  const place = new Map(tensors.map((tensor, i) => [tensor, i]));
  const boxes = tensors.map(boxOf);
  const layout = layoutGraph(
    boxes.map((box, i) => ({ ...boxSize(box), inputs: tensors[i]!.inputs.map((input) => place.get(input)!) })),
  );
  const alt = describe(boxes, options.title);
  return drawing({ svg: drawGraph(boxes, layout, { alt, title: options.title }), alt });
}

/** Every tensor once, after its inputs, operands in their order. A stack, not recursion: graphs may be deep. */
function inputsFirst(root: DrawnTensor): DrawnTensor[] {
  const found = new Set<DrawnTensor>();
  const path = new Set([root]);
  const stack = [{ tensor: root, next: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const input = top.tensor.inputs[top.next++];
    if (input === undefined) {
      found.add(top.tensor);
      path.delete(top.tensor);
      stack.pop();
    } else if (path.has(input)) {
      throw new RangeError("plotGraph: a tensor is computed from itself; inputs must be older than their result");
    } else if (!found.has(input)) {
      path.add(input);
      stack.push({ tensor: input, next: 0 });
    }
  }
  return [...found];
}

function boxOf(tensor: DrawnTensor, index: number, all: readonly DrawnTensor[]): GraphBox {
  const { data, gradient } = tensor;
  const value = writtenNumbers(data);
  const kind = tensor.inputs.length > 0 ? "operation" : tensor.requireGrad ? "parameter" : "constant";
  return {
    kind,
    heading: headingOf(tensor) ?? (value === undefined ? french[kind] : undefined),
    value,
    // A lone number needs no « [] »; [1] and [1, 1] are said, since taking one for the other is a common mistake.
    shape: data.ndim === 0 ? undefined : formatShape(data.shape),
    gradient: gradient === undefined ? undefined : (writtenNumbers(gradient) ?? normOf(gradient)),
    isNorm: gradient !== undefined && writtenNumbers(gradient) === undefined,
    isResult: index === all.length - 1,
  };
}

function headingOf({ operation, name }: DrawnTensor): string | undefined {
  const words = [operation, name].flatMap((word) => (word === undefined || word === "" ? [] : [cut(word)]));
  return words.length === 0 ? undefined : words.join(" → ");
}

const longestWord = 18;
const cut = (word: string): string => (word.length <= longestWord ? word : `${word.slice(0, longestWord - 1)}…`);

const mostNumbers = 4;

function writtenNumbers({ data, size }: NdArray): string | undefined {
  if (size > mostNumbers) return undefined;
  const numbers = Array.from(data, (value) => frenchNumber(value, size === 1 ? 4 : 3));
  return size === 1 ? numbers[0] : `[${numbers.join(" ; ")}]`;
}

function normOf({ data }: NdArray): string {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i]! ** 2;
  return frenchNumber(Math.sqrt(sum), 3);
}

const mostWords = 20;

function describe(boxes: readonly GraphBox[], title: string | undefined): string {
  const said = boxes.slice(0, mostWords).map(({ kind, heading = french[kind], value, shape, gradient, isNorm }) => {
    const words = gradient === undefined ? "" : `, ${isNorm ? french.gradientNorm : french.gradient} ${gradient}`;
    return `${heading}${value === undefined ? ` ${shape}` : ` = ${value}`}${words}`;
  });
  const alt = french.graph(boxes.length, said);
  return title === undefined ? alt : `${title}. ${alt}`;
}
