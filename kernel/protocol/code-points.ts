// Front ends count positions in code by Unicode characters, JavaScript by UTF-16 units: an emoji is one or two.

/** The UTF-16 offset of the place before the character number `count` of `text`. */
export function toUtf16(text: string, count: number): number {
  let offset = 0;
  for (let seen = 0; seen < count && offset < text.length; seen++) offset += unitsAt(text, offset);
  return offset;
}

/** How many characters stand before the UTF-16 `offset` of `text`. */
export function toCodePoints(text: string, offset: number): number {
  let count = 0;
  for (let at = 0; at < offset && at < text.length; at += unitsAt(text, at)) count++;
  return count;
}

const unitsAt = (text: string, offset: number): number => ((text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1);
