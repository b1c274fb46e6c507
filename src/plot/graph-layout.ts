// Where the boxes of a graph go: columns from left to right, few crossings, no edge through a box.
import type { Box } from "./svg/panel.js";

export interface GraphNode {
  readonly width: number;
  readonly height: number;
  /** Indices of nodes that stand BEFORE it in the list; one that is used twice is named twice. */
  readonly inputs: readonly number[];
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** One a node, in the order of the list. */
  readonly boxes: readonly Box[];
  readonly edges: readonly GraphEdge[];
}

/** Level from `x1` to `x2` at each height in turn, a curve from one to the next. */
export type GraphEdge = readonly { readonly x1: number; readonly x2: number; readonly y: number }[];

/** What takes room in a column: a box, or the bend of an edge that goes past it. */
interface Cell {
  readonly column: number;
  readonly width: number;
  readonly height: number;
  readonly into: Link[];
  readonly out: Link[];
  /** Place in its column, from the top. */
  rank: number;
  /** Middle, in points. */
  y: number;
}

/** A piece of an edge, from one column to the next. */
interface Link {
  readonly from: Cell;
  readonly to: Cell;
  /** Where it arrives, below the middle of `to`: first operand on top. */
  readonly port: number;
}

const columnGap = 40;
const rowGap = 16;

/** Lays out an acyclic graph, given in an order in which inputs come first. */
export function layoutGraph(nodes: readonly GraphNode[]): GraphLayout {
  const columns = columnsOf(nodes);
  const cells = nodes.map(({ width, height }, i) => newCell(columns[i]!, width, height));
  const chains = nodes.flatMap(({ inputs }, i) =>
    inputs.map((input, k) => connect(cells[input]!, cells[i]!, portOf(k, inputs.length, nodes[i]!.height))),
  );
  const grid = gridOf([...cells, ...chains.flatMap((chain) => chain.slice(1).map(({ from }) => from))]);
  orderCells(grid);
  placeCells(grid);
  return drawnAt(grid, cells, chains);
}

/** The longest way from a leaf; a leaf itself stands next to what uses it first. */
function columnsOf(nodes: readonly GraphNode[]): number[] {
  const columns: number[] = [];
  nodes.forEach(({ inputs }, i) => {
    columns[i] = Math.max(-1, ...inputs.map((input) => columns[input]!)) + 1;
  });
  const first = new Map<number, number>();
  nodes.forEach(({ inputs }, i) => {
    for (const input of inputs) first.set(input, Math.min(columns[i]!, first.get(input) ?? columns[i]!));
  });
  return columns.map((column, i) => (nodes[i]!.inputs.length === 0 && first.has(i) ? first.get(i)! - 1 : column));
}

const newCell = (column: number, width: number, height: number): Cell => ({
  column,
  width,
  height,
  into: [],
  out: [],
  rank: 0,
  y: 0,
});

const portOf = (k: number, count: number, height: number): number =>
  count === 1 ? 0 : (k - (count - 1) / 2) * Math.min(18, (0.7 * height) / (count - 1));

const bendHeight = 8;

/** The links of one edge, with a bend in every column that it goes past. */
function connect(from: Cell, to: Cell, port: number): Link[] {
  const bends = Array.from({ length: to.column - from.column - 1 }, (_, k) =>
    newCell(from.column + 1 + k, 0, bendHeight),
  );
  const stops = [from, ...bends, to];
  return stops.slice(1).map((stop, k) => {
    const link = { from: stops[k]!, to: stop, port: stop === to ? port : 0 };
    link.from.out.push(link);
    stop.into.push(link);
    return link;
  });
}

type Grid = readonly (readonly Cell[])[];

function gridOf(cells: readonly Cell[]): Cell[][] {
  const grid: Cell[][] = Array.from({ length: Math.max(...cells.map(({ column }) => column)) + 1 }, () => []);
  for (const cell of cells) grid[cell.column]!.push(cell);
  return grid;
}

const orderSweeps = 12;

/** Puts each cell at the mean place of its neighbours, forth and back, and keeps the order with the fewest crossings. */
function orderCells(grid: Cell[][]): void {
  grid.forEach(renumber);
  let best = grid.map((column) => [...column]);
  for (let sweep = 0; sweep < orderSweeps; sweep++) {
    const forth = sweep % 2 === 1;
    for (const column of forth ? grid : [...grid].reverse()) {
      const wish = new Map(column.map((cell) => [cell, wishedRank(cell, forth)]));
      column.sort((a, b) => wish.get(a)! - wish.get(b)!);
      renumber(column);
    }
    if (crossings(grid) < crossings(best)) best = grid.map((column) => [...column]);
  }
  best.forEach((column, k) => {
    grid[k] = column;
    renumber(column);
  });
}

const renumber = (column: readonly Cell[]): void =>
  column.forEach((cell, rank) => {
    cell.rank = rank;
  });

/** The port counts a little, so that operands stand in their order. */
const endRank = ({ to, port }: Link): number => to.rank + port / (2 * to.height);

function wishedRank(cell: Cell, forth: boolean): number {
  const ranks = forth ? cell.into.map(({ from }) => from.rank) : cell.out.map(endRank);
  return ranks.length === 0 ? cell.rank : average(ranks);
}

/** Ranks are read from the order in `grid`, which need not be the one the cells know. */
function crossings(grid: Grid): number {
  grid.forEach(renumber);
  let count = 0;
  for (const column of grid) {
    const links = column.flatMap(({ out }) => out);
    for (const a of links) for (const b of links) if (a.from.rank < b.from.rank && endRank(a) > endRank(b)) count++;
  }
  return count;
}

const placeSweeps = 20;

/** Draws each cell level with its neighbours, as far as its column leaves room. */
function placeCells(grid: Grid): void {
  for (const column of grid)
    spread(
      column,
      column.map(() => ({ y: 0, weight: 1 })),
    );
  for (let sweep = 0; sweep < placeSweeps; sweep++) {
    for (const column of sweep % 2 === 0 ? grid : [...grid].reverse()) spread(column, column.map(wishedHeight));
  }
}

interface Wish {
  readonly y: number;
  readonly weight: number;
}

/** Level with its neighbours. Leaves hardly count: they give way, so that a long computation does not sink. */
function wishedHeight(cell: Cell): Wish {
  const wishes = [...cell.into.map(({ from }) => from), ...cell.out.map(({ to }) => to)].map(({ y, into }) => ({
    y,
    weight: into.length === 0 || cell.into.length === 0 ? leafWeight : 1,
  }));
  const weight = wishes.reduce((sum, wish) => sum + wish.weight, 0);
  return weight === 0 ? { y: cell.y, weight: 1 } : { y: weightedMean(wishes), weight };
}

const leafWeight = 0.02;

interface Block extends Wish {
  readonly count: number;
}

/**
 * As near to the wishes as can be (least squares) without overlap. Less the room above it, each cell wants to be lower
 * than the one before: isotonic regression, where those that collide share the weighted mean of their wishes.
 */
function spread(column: readonly Cell[], wishes: readonly Wish[]): void {
  const above: number[] = [];
  column.forEach((cell, k) => {
    const previous = column[k - 1];
    above[k] = previous === undefined ? 0 : above[k - 1]! + (previous.height + cell.height) / 2 + rowGap;
  });
  const blocks: Block[] = [];
  wishes.forEach(({ y, weight }, k) => {
    let block: Block = { y: y - above[k]!, weight, count: 1 };
    while (blocks.length > 0 && blocks[blocks.length - 1]!.y > block.y) block = joined(blocks.pop()!, block);
    blocks.push(block);
  });
  const heights = blocks.flatMap(({ y, count }) => new Array<number>(count).fill(y));
  column.forEach((cell, k) => {
    cell.y = heights[k]! + above[k]!;
  });
}

const joined = (a: Block, b: Block): Block => ({
  y: weightedMean([a, b]),
  weight: a.weight + b.weight,
  count: a.count + b.count,
});

function weightedMean(wishes: readonly Wish[]): number {
  const total = wishes.reduce((sum, { weight }) => sum + weight, 0);
  return wishes.reduce((sum, { y, weight }) => sum + (y * weight) / total, 0);
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** From middles to boxes, with the origin at the upper left corner. */
function drawnAt(grid: Grid, cells: readonly Cell[], chains: readonly (readonly Link[])[]): GraphLayout {
  const ends = grid.flat().flatMap(({ y, height }) => [y - height / 2, y + height / 2]);
  const top = Math.min(...ends);
  const widths = grid.map((column) => Math.max(...column.map(({ width }) => width)));
  const lefts = widths.map((_, k) => widths.slice(0, k).reduce((sum, width) => sum + width + columnGap, 0));
  const boxOf = ({ column, width, height, y }: Cell): Box => ({
    left: lefts[column]! + (widths[column]! - width) / 2,
    top: y - height / 2 - top,
    width,
    height,
  });
  const columnEnds = ({ column }: Cell) => ({ x1: lefts[column]!, x2: lefts[column]! + widths[column]! });
  const edgeOf = (chain: readonly Link[]): GraphEdge => {
    const [first, last] = [chain[0]!.from, chain[chain.length - 1]!];
    const [start, end] = [boxOf(first), boxOf(last.to)];
    return [
      { x1: start.left + start.width, x2: columnEnds(first).x2, y: first.y - top },
      ...chain.slice(1).map(({ from }) => ({ ...columnEnds(from), y: from.y - top })),
      { x1: columnEnds(last.to).x1, x2: end.left, y: last.to.y + last.port - top },
    ];
  };
  return {
    width: lefts[lefts.length - 1]! + widths[widths.length - 1]!,
    height: Math.max(...ends) - top,
    boxes: cells.map(boxOf),
    edges: chains.map(edgeOf),
  };
}
