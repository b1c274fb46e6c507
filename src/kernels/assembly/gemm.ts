// Products of matrices: C (+)= alpha A B, in tiles that stay in registers over blocks of k that stay in the caches.
import { transposeScaled } from "./rows";
import { tile2x16, tile4x4, tile4x8 } from "./tiles";

/** How much of k is summed at once: a panel of B, 16 columns wide, then fills half of the first cache. */
const MAX_DEPTH: i32 = 264;
/** How many rows of A are copied at once, when they have to be. */
const MAX_ROWS: i32 = 128;

const PANEL_BYTES: usize = <usize>MAX_DEPTH * 16 * 4;
const SCRATCH_BYTES: usize = 4 * 16 * 4;

export function gemmWorkspaceBytes(): i32 {
  return <i32>(PANEL_BYTES + SCRATCH_BYTES) + MAX_ROWS * MAX_DEPTH * 4;
}

/** `C[m, n] (+)= alpha A B`: see the contract. An element of C is summed in an order that only k decides. */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  alpha: f32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  cRow: i32,
  add: bool,
  workspace: usize,
): void {
  if (k === 0 && !add) clear(c, m, n, (<usize>cRow) << 2);
  const depth = evenDepth(k);
  const asIs = aColumn === 1 && alpha === 1;
  const rows = asIs ? m : MAX_ROWS;
  const packed = workspace + PANEL_BYTES + SCRATCH_BYTES;
  for (let k0 = 0; k0 < k; k0 += depth) {
    const kc = min(depth, k - k0);
    for (let i0 = 0; i0 < m; i0 += rows) {
      const mc = min(rows, m - i0);
      const block = a + ((<usize>(i0 * aRow + k0 * aColumn)) << 2);
      if (!asIs) packRows(packed, block, alpha, mc, kc, (<usize>aRow) << 2, (<usize>aColumn) << 2);
      multiplyBlock(
        mc,
        n,
        kc,
        asIs ? block : packed,
        (<usize>(asIs ? aRow : kc)) << 2,
        b + ((<usize>(k0 * bRow)) << 2),
        (<usize>bRow) << 2,
        (<usize>bColumn) << 2,
        c + ((<usize>(i0 * cRow)) << 2),
        (<usize>cRow) << 2,
        add || k0 > 0,
        workspace,
      );
    }
  }
}

function clear(c: usize, m: i32, n: i32, cRow: usize): void {
  for (let i = 0; i < m; i++, c += cRow) memory.fill(c, 0, (<usize>n) << 2);
}

/** The depth of the blocks of k: as few as there can be, of about the same size, multiples of 8. */
function evenDepth(k: i32): i32 {
  const blocks = max((k + MAX_DEPTH - 1) / MAX_DEPTH, 1);
  return ((k + blocks - 1) / blocks + 7) & ~7;
}

/** Copies `alpha A` so that each row lies in order of k. */
function packRows(out: usize, a: usize, alpha: f32, rows: i32, k: i32, aRow: usize, aColumn: usize): void {
  if (aRow === 4) {
    transposeScaled(out, a, alpha, k, rows, aColumn, (<usize>k) << 2);
    return;
  }
  for (; rows > 0; rows--, a += aRow, out += (<usize>k) << 2) copyScaled(out, a, alpha, k);
}

function copyScaled(out: usize, a: usize, alpha: f32, n: i32): void {
  const factor = f32x4.splat(alpha);
  for (; n >= 4; n -= 4, a += 16, out += 16) v128.store(out, f32x4.mul(factor, v128.load(a)));
  for (; n > 0; n--, a += 4, out += 4) store<f32>(out, alpha * load<f32>(a));
}

/** A block of rows of C, over a block of k: panel by panel of columns. Steps are in bytes from here on. */
function multiplyBlock(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  add: bool,
  workspace: usize,
): void {
  while (n > 0) {
    const width = panelWidth(n);
    const valid = min(width, n);
    packPanel(workspace, b, k, width, valid, bRow, bColumn);
    if (valid === width) multiplyPanel(width, m, k, a, aRow, workspace, c, cRow, add);
    else multiplyEdge(width, valid, m, k, a, aRow, workspace, c, cRow, add);
    n -= width;
    b += <usize>width * bColumn;
    c += (<usize>width) << 2;
  }
}

/** Panels are 16 columns wide, and near the edge 8 and 4, so that few products are computed for nothing. */
function panelWidth(n: i32): i32 {
  return n > 12 ? 16 : n > 4 ? 8 : 4;
}

/** Copies `valid` columns of B, the `width` elements of a row side by side; what is missing may be anything: it is never stored. */
function packPanel(panel: usize, b: usize, k: i32, width: i32, valid: i32, bRow: usize, bColumn: usize): void {
  if (bColumn === 4 && valid === width) copyPanel(panel, b, k, width, bRow);
  else if (bRow === 4) transposeScaled(panel, b, 1, valid, k, bColumn, (<usize>width) << 2);
  else copyNarrow(panel, b, k, width, valid, bRow);
}

function copyPanel(panel: usize, b: usize, k: i32, width: i32, bRow: usize): void {
  if (width === 16) {
    for (; k > 0; k--, b += bRow, panel += 64) {
      v128.store(panel, v128.load(b, 0), 0);
      v128.store(panel, v128.load(b, 16), 16);
      v128.store(panel, v128.load(b, 32), 32);
      v128.store(panel, v128.load(b, 48), 48);
    }
  } else {
    const bytes = (<usize>width) << 2;
    for (; k > 0; k--, b += bRow, panel += bytes) {
      for (let j: usize = 0; j < bytes; j += 16) v128.store(panel + j, v128.load(b + j));
    }
  }
}

/** A row of B must not be read behind its end: another may begin there, that a worker writes, or the memory may end. */
function copyNarrow(panel: usize, b: usize, k: i32, width: i32, valid: i32, bRow: usize): void {
  for (; k > 0; k--, b += bRow, panel += (<usize>width) << 2) {
    for (let j: usize = 0; j < (<usize>valid) << 2; j += 4) store<f32>(panel + j, load<f32>(b + j));
  }
}

/** All rows of C, in one panel of columns. An odd last row is computed twice, and stored twice. */
function multiplyPanel(
  width: i32,
  m: i32,
  k: i32,
  a: usize,
  aRow: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  add: bool,
): void {
  const tall = width === 16 ? 2 : 4;
  for (let i = 0; i < m; i += tall) {
    multiplyTile(width, m - i, k, a, aRow, panel, c, cRow, add);
    a += <usize>tall * aRow;
    c += <usize>tall * cRow;
  }
}

/** Rows behind the last are the last again. */
function multiplyTile(
  width: i32,
  rows: i32,
  k: i32,
  a: usize,
  aRow: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  add: bool,
): void {
  const one: usize = rows > 1 ? 1 : 0;
  if (width === 16) {
    tile2x16(a, a + one * aRow, panel, c, c + one * cRow, k, add);
    return;
  }
  const two: usize = rows > 2 ? 2 : one;
  const three: usize = rows > 3 ? 3 : two;
  if (width === 8)
    tile4x8(
      a,
      a + one * aRow,
      a + two * aRow,
      a + three * aRow,
      panel,
      c,
      c + one * cRow,
      c + two * cRow,
      c + three * cRow,
      k,
      add,
    );
  else
    tile4x4(
      a,
      a + one * aRow,
      a + two * aRow,
      a + three * aRow,
      panel,
      c,
      c + one * cRow,
      c + two * cRow,
      c + three * cRow,
      k,
      add,
    );
}

/** The panel at the right edge: its tiles are computed apart, then what lies within C is copied. */
function multiplyEdge(
  width: i32,
  valid: i32,
  m: i32,
  k: i32,
  a: usize,
  aRow: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  add: bool,
): void {
  const scratch = panel + PANEL_BYTES;
  const tall = width === 16 ? 2 : 4;
  const scratchRow = (<usize>width) << 2;
  for (let i = 0; i < m; i += tall) {
    multiplyTile(width, m - i, k, a, aRow, panel, scratch, scratchRow, false);
    copyTile(c, scratch, min(tall, m - i), valid, cRow, scratchRow, add);
    a += <usize>tall * aRow;
    c += <usize>tall * cRow;
  }
}

function copyTile(c: usize, tile: usize, rows: i32, columns: i32, cRow: usize, tileRow: usize, add: bool): void {
  const bytes = (<usize>columns) << 2;
  for (; rows > 0; rows--, c += cRow, tile += tileRow) {
    for (let j: usize = 0; j < bytes; j += 4) {
      const value = load<f32>(tile + j);
      store<f32>(c + j, add ? load<f32>(c + j) + value : value);
    }
  }
}
