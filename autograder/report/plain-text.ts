// Text that a student wrote, made harmless for a terminal or a viewer: what does not show is shown.

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** They turn the text around them: `moc.live` would read `evil.com`. */
const direction = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Half a character: no encoding can write it. */
const loneSurrogate = /\p{Cs}/gu;

/** `text` with control and direction characters written out, lines and tabs kept, at most `limit` characters. */
export function plainText(text: string, limit = 4000): string {
  const cut = text.length > limit ? `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, "")} […]` : text;
  const shown = cut.replace(/\r\n/g, "\n").replace(control, written).replace(direction, written);
  return shown.replace(loneSurrogate, "\u{fffd}");
}

const written = (character: string): string => `⟨${character.charCodeAt(0).toString(16).padStart(4, "0")}⟩`;
