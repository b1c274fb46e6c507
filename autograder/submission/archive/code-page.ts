// Names of a zip that say not in which alphabet they are written: UTF-8 where they can be, else that of Windows in France.

/** `unicode` is the same name in UTF-8, where the archive has it twice. */
export function decodeName(raw: Uint8Array, isUtf8: boolean, unicode: Uint8Array | undefined): string {
  return asUtf8(unicode) ?? asUtf8(raw) ?? (isUtf8 ? Buffer.from(raw).toString("utf8") : asCodePage850(raw));
}

function asUtf8(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** https://en.wikipedia.org/wiki/Code_page_850: what bytes from 0x80 on stand for. */
const codePage850 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

const asCodePage850 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : codePage850[byte - 0x80])).join("");
