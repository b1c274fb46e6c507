// Text that a student controls, made fit to be shown: no control or direction characters, and not too long.

export function printable(text: string, maxLength = 200): string {
  const shown = [...text.slice(0, 4 * maxLength)].map((character) => (isHarmless(character) ? character : "�"));
  return shown.length > maxLength ? `${shown.slice(0, maxLength).join("")}…` : shown.join("");
}

/** Control characters draw in terminals, direction marks reorder a page, lone surrogates break encoders. */
const isHarmless = (character: string): boolean => !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(character);
