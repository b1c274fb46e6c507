// The headings of the notebook's texts: its outline.

export interface Heading {
  readonly cell: string;
  readonly level: number;
  readonly text: string;
}

export interface TextCell {
  readonly id: string;
  readonly source: string;
}

export function headingsOf(cells: readonly TextCell[]): Heading[] {
  return cells.flatMap(({ id, source }) => linesOutsideCode(source).flatMap((line) => headingIn(line, id)));
}

function headingIn(line: string, cell: string): Heading[] {
  const found = /^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$/.exec(line);
  return found === null ? [] : [{ cell, level: found[1]!.length, text: plainText(found[2]!) }];
}

/** A `#` in a fenced block is a comment of some language. */
function linesOutsideCode(source: string): string[] {
  let fence = "";
  return source.split("\n").filter((line) => {
    const mark = /^ {0,3}(```|~~~)/.exec(line)?.[1] ?? "";
    if (mark === "") return fence === "";
    fence = fence === "" ? mark : fence === mark ? "" : fence;
    return false;
  });
}

/** Links by their text, without marks of emphasis or code. */
function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*`$]|\\(?=\W)|(?<!\w)_|_(?!\w)/g, "");
}
