// SVG as text: elements, attributes, coordinates with one decimal.

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** `children` are markup already; words go through {@link escapeXml} first. */
export function element(name: string, attributes: Attributes, children: readonly string[] | string = ""): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === "number" ? point(value) : escapeXml(value)}"`],
  );
  const inside = typeof children === "string" ? children : children.join("");
  return inside === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${inside}</${name}>`;
}

export const words = (text: string, attributes: Attributes): string => element("text", attributes, escapeXml(text));

export const point = (value: number): string => String(Math.round(value * 10) / 10 + 0);

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Also drops control characters, which XML cannot hold. */
export const escapeXml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to drop
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, (sign) => entities[sign]!);
