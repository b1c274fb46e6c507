// Reads the fields of a request's content, which anyone may have written.

type Content = Readonly<Record<string, unknown>>;

/** A field that we need is missing or is no such thing; the reply says so. */
export class ContentError extends Error {
  override readonly name = "InvalidRequest";
}

export function readText(content: Content, field: string, otherwise?: string): string {
  const value = content[field] ?? otherwise;
  if (typeof value !== "string") throw refusal(field, "a string", value);
  return value;
}

export function readFlag(content: Content, field: string, otherwise: boolean): boolean {
  const value = content[field] ?? otherwise;
  if (typeof value !== "boolean") throw refusal(field, "true or false", value);
  return value;
}

export function readInteger(content: Content, field: string, otherwise: number): number {
  const value = content[field] ?? otherwise;
  if (!Number.isInteger(value)) throw refusal(field, "an integer", value);
  return value as number;
}

/** An object whose values are all strings. */
export function readTexts(content: Content, field: string): Readonly<Record<string, string>> {
  const value = content[field] ?? {};
  const isTexts = typeof value === "object" && Object.values(value).every((text) => typeof text === "string");
  if (!isTexts) throw refusal(field, "an object of strings", value);
  return value as Record<string, string>;
}

function refusal(field: string, expected: string, value: unknown): ContentError {
  return new ContentError(`\`${field}\` must be ${expected}, got ${JSON.stringify(value) ?? "nothing"}`);
}
