// The protocol counts code points, editors count UTF-16 units: « 𝑊 » is one of the first and two of the second.

export const codePoints = (text: string, units: number): number => [...text.slice(0, units)].length;

export function utf16Units(text: string, points: number): number {
  let units = 0;
  for (let count = 0; count < points && units < text.length; count++) {
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  }
  return units;
}
