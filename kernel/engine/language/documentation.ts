// Documentation comments as a reader sees them: plain text, or Markdown.
import type TS from "typescript";

export type Parts = readonly TS.SymbolDisplayPart[];

export const textOf = (parts: Parts | undefined): string => (parts ?? []).map(({ text }) => text).join("");

/** Words of a comment; of `{@link Name words}` the words, else the name. */
const wordsOf = (parts: Parts = []): string => parts.map((part, i) => linkless(part, parts[i + 1])).join("");

function linkless({ kind, text }: TS.SymbolDisplayPart, next: TS.SymbolDisplayPart | undefined): string {
  if (kind === "link") return ""; // a brace
  if (kind === "linkText") return text.trim();
  return kind === "linkName" && next?.kind === "linkText" && next.text.trim() !== "" ? "" : text;
}

export interface Documentation {
  readonly summary: string;
  readonly tags: readonly Tag[];
}

export interface Tag {
  /** `param`, `returns`, `throws`, `example`, `deprecated` … */
  readonly name: string;
  /** Of which parameter it speaks. */
  readonly of?: string;
  readonly text: string;
}

export const readDocumentation = (
  comment: Parts | undefined,
  tags: readonly TS.JSDocTagInfo[] = [],
): Documentation => ({
  summary: wordsOf(comment).trim(),
  tags: tags.map(readTag),
});

function readTag({ name, text = [] }: TS.JSDocTagInfo): Tag {
  const [first, ...rest] = text;
  const isAboutName = first?.kind === "parameterName" || first?.kind === "typeParameterName";
  return isAboutName ? { name, of: first.text, text: remarkOf(rest) } : { name, text: wordsOf(text).trim() };
}

/** What is said of a parameter: some write `@param x - its role`. */
export const remarkOf = (parts: Parts): string =>
  wordsOf(parts)
    .replace(/^[\s-]+/, "")
    .trimEnd();

/** The summary, then the tags, one a line, as in the comment. */
export function plainDocumentation({ summary, tags }: Documentation): string[] {
  const lines = tags.map(({ name, of, text }) => {
    const subject = of === undefined ? `@${name}` : `@${name} ${of}`;
    return (of === undefined && isBlock(text) ? `${subject}\n${text}` : `${subject} ${text}`).trimEnd();
  });
  return [summary, lines.join("\n")];
}

const isBlock = (text: string): boolean => text.includes("\n");

/** Parameters as a list, examples as code. */
export function markdownDocumentation({ summary, tags }: Documentation): string[] {
  const parameters = tags.filter(({ name, of }) => of !== undefined && (name === "param" || name === "template"));
  const others = tags.filter((tag) => !parameters.includes(tag));
  const list = parameters.map(({ of, text }) => withRemark(`- \`${of}\``, text)).join("\n");
  return [summary, list, ...others.map(markdownTag)];
}

function markdownTag({ name, text }: Tag): string {
  const title = `*@${name}*`;
  if (name === "example" && !text.includes("```")) return `${title}\n${codeBlock(text)}`;
  return isBlock(text) ? `${title}\n\n${text}` : withRemark(title, text);
}

export const codeBlock = (code: string): string => `\`\`\`typescript\n${code}\n\`\`\``;

/** `subject — remark` */
export const withRemark = (subject: string, remark: string): string =>
  remark === "" ? subject : `${subject} — ${remark}`;
