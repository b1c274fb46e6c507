// What an affine layer receives, as kernels take it: all of the numbers, or only those that are not 0, in the form that suits
// how its weights lie.
import { type Block, kernels, release, retain, take, words } from "../kernels/heap.js";

/**
 * How examples without their zeros stand: one by one, for weights by columns (which of these is left out is a column of W), or
 * in groups of four neighbours that are not all 0, for weights by rows.
 */
export type Form = "dense" | "pairs" | "groups";

/** Inputs `[rows, in]` of an affine layer. */
export interface Examples {
  readonly block: Block;
  readonly rows: number;
  readonly features: number;
  readonly form: Form;
}

/** From this many features on it pays to look for zeros; at least 16, for {@link looksSparse}. */
const fewestFeatures = 64;

/**
 * The examples in `x`, without their zeros if these are most of them and `sparseForm` is not "dense". Owns a reference to its
 * block; `x` stays the caller's.
 */
export function examplesOf(x: Block, rows: number, features: number, sparseForm: Form): Examples {
  if (sparseForm !== "dense" && features >= fewestFeatures && looksSparse(x, rows, features)) {
    const sparse = sparseForm === "pairs" ? pairsOf(x, rows, features) : groupsOf(x, rows, features);
    if (sparse !== undefined) return sparse;
  }
  return { block: retain(x), rows, features, form: "dense" };
}

/** What {@link examplesOf} made, from its block. */
export function sparseExamples(block: Block, rows: number, features: number): Examples {
  const form = words[markOf(block, rows)] === groupsMark ? "groups" : "pairs";
  return { block, rows, features, form };
}

/** Where the pairs or the groups lie: behind the places where the rows begin. */
export const nonZerosOf = ({ block, rows }: Examples): number => block.pointer + 4 * headerOf(rows);

/** The examples with their zeros. The caller owns a reference to the block. */
export function denseOf(x: Examples): Block {
  const { block, rows, features, form } = x;
  if (form === "dense") return retain(block);
  const dense = take(rows * features);
  kernels.fill(dense.pointer, 0, rows * features, false);
  const spread = form === "pairs" ? spreadPair : spreadGroup;
  const starts = block.pointer >>> 2;
  for (let row = 0; row < rows; row++) {
    const first = (dense.pointer >>> 2) + row * features;
    for (let k = words[starts + row]!; k < words[starts + row + 1]!; k++) spread(first, nonZerosOf(x) >>> 2, k);
  }
  return dense;
}

/** The examples as pairs (column, value), unless these are half of them or more. */
function pairsOf(x: Block, rows: number, features: number): Examples | undefined {
  const limit = (rows * features) >> 1;
  const block = take(headerOf(rows) + pairWords * (limit + features));
  const pairs: Examples = { block, rows, features, form: "pairs" };
  words[markOf(block, rows)] = pairsMark;
  if (kernels.collectNonZeros(nonZerosOf(pairs), block.pointer, x.pointer, rows, features, limit) >= 0) return pairs;
  release(block);
  return undefined;
}

/** The examples as groups of four, unless these are more than three fifths of them. */
function groupsOf(x: Block, rows: number, features: number): Examples | undefined {
  if (features % 4 !== 0) return undefined;
  const limit = Math.floor(0.15 * rows * features);
  const block = take(headerOf(rows) + groupWords * (limit + features / 4));
  const groups: Examples = { block, rows, features, form: "groups" };
  words[markOf(block, rows)] = groupsMark;
  if (kernels.collectGroups(nonZerosOf(groups), block.pointer, x.pointer, rows, features, limit) >= 0) return groups;
  release(block);
  return undefined;
}

/** Values are copied as words: bits, whatever they mean. */
function spreadPair(first: number, pairs: number, k: number): void {
  const pair = pairs + pairWords * k;
  words[first + words[pair]!] = words[pair + 1]!;
}

function spreadGroup(first: number, groups: number, k: number): void {
  const group = groups + groupWords * k;
  for (let i = 0; i < 4; i++) words[first + words[group]! + i] = words[group + 4 + i]!;
}

const pairWords = 2;
const groupWords = 8;

/** A look at some numbers of the first example: looking through dense ones in vain would cost a tenth of the time. */
function looksSparse(x: Block, rows: number, features: number): boolean {
  if (rows === 0) return false;
  const first = x.pointer >>> 2;
  const apart = Math.floor(features / 16);
  let zeros = 0;
  for (let i = 0; i < 16; i++) if (words[first + i * apart] === 0) zeros++;
  return zeros > 6;
}

/** Words for the places where the rows begin and for the mark, in whole blocks of 64 bytes. */
const headerOf = (rows: number): number => (rows + 17) & ~15;

/** Where a block says which form it has: in the last word before the numbers. */
const markOf = ({ pointer }: Block, rows: number): number => (pointer >>> 2) + headerOf(rows) - 1;
const pairsMark = 0;
const groupsMark = 1;
