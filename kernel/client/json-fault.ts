// Where a text stops being JSON. `JSON.parse` knows, but tells it in one release of Node and not in another.

/** The offset of the first character that cannot be JSON; the text's length when it merely stops too early. */
export function findJsonFault(text: string): number {
  const reader = new Reader(text);
  try {
    reader.value();
    reader.skip(whitespace);
    return reader.at;
  } catch (error) {
    if (error instanceof Fault) return error.at;
    throw error;
  }
}

const whitespace = /[ \t\r\n]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a string.
const plainCharacters = /[^"\\\u0000-\u001f]*/y;
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Fault extends Error {
  readonly at: number;
  constructor(at: number) {
    super("not JSON");
    this.at = at;
  }
}

class Reader {
  at = 0;
  private readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  value(): void {
    this.skip(whitespace);
    if (this.has("{")) this.members("}", () => this.member());
    else if (this.has("[")) this.members("]", () => this.value());
    else if (this.has('"')) this.restOfString();
    else if (!this.skip(scalar)) this.fail();
  }

  /** Moves over what `pattern` matches here; false when that is nothing. */
  skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const length = pattern.exec(this.text)?.[0].length ?? 0;
    this.at += length;
    return length > 0;
  }

  private members(close: string, one: () => void): void {
    this.skip(whitespace);
    if (this.has(close)) return;
    for (;;) {
      one();
      this.skip(whitespace);
      if (this.has(close)) return;
      this.expect(",");
    }
  }

  private member(): void {
    this.skip(whitespace);
    this.expect('"');
    this.restOfString();
    this.skip(whitespace);
    this.expect(":");
    this.value();
  }

  private restOfString(): void {
    for (;;) {
      this.skip(plainCharacters);
      if (this.has('"')) return;
      if (!this.skip(escapeSequence)) this.fail();
    }
  }

  private has(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private expect(character: string): void {
    if (!this.has(character)) this.fail();
  }

  private fail(): never {
    throw new Fault(this.at);
  }
}
