// Reads lesson.fr.md into cells: text split at its headings, fenced code by its kind, each with a lasting id.
import { checkId, idAfter, idOfCheck, idOfGiven, idOfTarget, slug } from "./cell-id.js";
import { CourseError, type Place } from "./course-error.js";
import { type AsideKind, checkBody, type FenceKind, isAsideKind, isCellFence, parseFence } from "./fence.js";
import { type NameRow, readNameTable } from "./name-table.js";

export interface Lesson {
  /** Relative to the course's root, with `/`. */
  readonly file: string;
  readonly cells: readonly Cell[];
  /** The `ts file` block: what the .ts files do when they are run. */
  readonly demonstration: { readonly source: string; readonly line: number } | undefined;
  /** Of all exercises, in the order of the lesson. */
  readonly hints: readonly Hint[];
  /** The `md names` block: what Python calls what the lesson uses. */
  readonly names: readonly NameRow[];
}

/** A `md hint=tp1.softmax` block: shown to who asks for it, in no cell. */
interface Hint {
  readonly exercise: string;
  readonly source: string;
  readonly line: number;
}

type CellKind = "text" | Exclude<FenceKind, AsideKind>;

export interface Cell {
  readonly kind: CellKind;
  readonly id: string;
  /** Where its first line stands in the lesson. */
  readonly line: number;
  /** What the author wrote; empty where the build writes the code. */
  readonly source: string;
  /** The exercise (done or checked), the question or the given symbol; empty for the other kinds. */
  readonly target: string;
}

/** Splits the text of a lesson into cells. Its first mistake is a CourseError. */
export function parseLesson(file: string, text: string): Lesson {
  const cells: Cell[] = [];
  const asides: Aside[] = [];
  const lines = new Map<string, number>();

  for (const block of splitBlocks(file, text.replaceAll("\r\n", "\n").split("\n"))) {
    const piece = block.info === undefined ? textCell(file, block, cells.at(-1)) : fencedPiece(file, block);
    if (!("id" in piece)) {
      asides.push(piece);
      continue;
    }
    const twin = lines.get(piece.id);
    if (twin !== undefined) throw new CourseError({ file, line: block.line }, sameId(piece.id, twin));
    lines.set(piece.id, block.line);
    cells.push(piece);
  }
  return { file, cells, ...sortAsides(file, asides) };
}

/** A fence that is no cell. */
interface Aside {
  readonly kind: AsideKind;
  readonly line: number;
  readonly source: string;
  readonly target: string;
}

function sortAsides(file: string, asides: readonly Aside[]): Omit<Lesson, "file" | "cells"> {
  const only = (kind: AsideKind, info: string): Aside | undefined => {
    const [first, second] = asides.filter((aside) => aside.kind === kind);
    if (second) throw new CourseError({ file, line: second.line - 1 }, `a second \`${info}\` block; join them`);
    return first;
  };
  const demonstration = only("file", "ts file");
  const names = only("names", "md names");
  return {
    demonstration: demonstration && { source: demonstration.source, line: demonstration.line },
    hints: asides
      .filter(({ kind }) => kind === "hint")
      .map(({ target, source, line }) => ({ exercise: target, source, line })),
    names: names === undefined ? [] : readNameTable(names.source, { file, line: names.line }),
  };
}

/** Consecutive lines of the lesson that make one cell; `info` is there for a fenced one, `id` where a comment names a text. */
interface Block {
  /** Of `lines[0]` for a text, of the opening fence for a fenced block. */
  readonly line: number;
  readonly lines: string[];
  readonly info?: string;
  id?: string;
}

const heading = /^#{1,3}\s/;
const openingFence = /^(`{3,}|~{3,})([^`]*)$/;

function splitBlocks(file: string, lines: readonly string[]): Block[] {
  const blocks: Block[] = [{ line: 1, lines: [] }];
  let next = 0;
  while (next < lines.length) {
    const opening = openingFence.exec(lines[next]!);
    if (opening) next = takeFence(blocks, file, lines, next, opening);
    else takeTextLine(blocks, file, lines[next]!, ++next);
  }
  return blocks.filter((block) => block.info !== undefined || !isBlank(block) || refuseNamedNothing(file, block));
}

/** Takes a fenced block, a cell or a part of the text; returns the index of the line after it. */
function takeFence(
  blocks: Block[],
  file: string,
  lines: readonly string[],
  start: number,
  [, fence, info]: readonly string[],
): number {
  const next = closingFence(file, lines, start, fence!) + 1;
  if (isCellFence(info!.trim())) {
    blocks.push({ line: start + 1, lines: lines.slice(start + 1, next - 1), info: info!.trim() });
    blocks.push({ line: next + 1, lines: [] });
  } else {
    blocks.at(-1)!.lines.push(...lines.slice(start, next));
  }
  return next;
}

function takeTextLine(blocks: Block[], file: string, text: string, line: number): void {
  const block = blocks.at(-1)!;
  const id = idFromComment(file, text, line);
  if (id !== undefined) {
    // The comment's own line stays, empty, so that the lines of a block remain those of the lesson.
    if (block.id === undefined && endsInHeading(block)) Object.assign(block, { id }).lines.push("");
    else blocks.push({ line, lines: [""], id });
  } else if (heading.test(text) && !isBlank(block)) {
    blocks.push({ line, lines: [text] });
  } else {
    block.lines.push(text);
  }
}

function idFromComment(file: string, text: string, line: number): string | undefined {
  if (!/^<!--\s*id\b/i.test(text)) return undefined;
  const id = /^<!--\s*id:\s*(\S+)\s*-->\s*$/.exec(text)?.[1];
  if (id === undefined)
    throw new CourseError({ file, line }, `expected \`<!-- id: name -->\`, received \`${text.trim()}\``);
  return id;
}

const isBlank = ({ lines }: Block): boolean => lines.every((line) => line.trim() === "");

/** Whether a heading has just opened the block: a comment right under it names it. */
const endsInHeading = ({ lines }: Block): boolean => heading.test(lines.at(-1) ?? "");

function closingFence(file: string, lines: readonly string[], start: number, fence: string): number {
  const closes = (line: string) => /^(`{3,}|~{3,})\s*$/.test(line) && line.trim().startsWith(fence);
  const end = lines.findIndex((line, i) => i > start && closes(line));
  if (end < 0) throw new CourseError({ file, line: start + 1 }, `this block is never closed: add a line with ${fence}`);
  return end;
}

function refuseNamedNothing(file: string, { id, line }: Block): false {
  if (id !== undefined) throw new CourseError({ file, line }, `the id \`${id}\` names an empty text`);
  return false;
}

function textCell(file: string, block: Block, previous: Cell | undefined): Cell {
  const line = block.line + block.lines.findIndex((text) => text.trim() !== "");
  const source = block.lines.join("\n").trim();
  const id =
    block.id ?? (heading.test(source) ? slug(source.split("\n")[0]!) : idAfterPrevious(previous, { file, line }));
  checkId(id, { file, line });
  return { kind: "text", id, line, source, target: "" };
}

function idAfterPrevious(previous: Cell | undefined, place: Place): string {
  if (previous === undefined)
    throw new CourseError(place, "the lesson opens without a heading: start it with `# Title`");
  return idAfter(previous.id);
}

function fencedPiece(file: string, block: Block): Cell | Aside {
  const place = { file, line: block.line };
  const { kind, target, id: ownId } = parseFence(block.info!, place);
  const source = block.lines.join("\n");
  checkBody(kind, source, place);
  const line = source === "" ? block.line : block.line + 1;
  if (isAsideKind(kind)) return { kind, line, source, target };
  const id = ownId ?? derivedId(kind, target);
  checkId(id, place);
  return { kind, id, line, source, target };
}

function derivedId(kind: FenceKind, target: string): string {
  if (kind === "given") return idOfGiven(target);
  return kind === "check" ? idOfCheck(target) : idOfTarget(target);
}

const sameId = (id: string, line: number): string =>
  `\`${id}\` already names the cell at line ${line}: name this one with \`<!-- id: … -->\` (a text) or id=… (code)`;
