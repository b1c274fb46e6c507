// What came instead of what was expected, in a few words: the part of an error message that says « received … ».

/** A short description of any value; never more than one line, however large the value is. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "undefined (a function without `return`?)";
  if (Array.isArray(value)) return `a plain list of ${value.length}: wrap it with array(…)`;
  if (ArrayBuffer.isView(value)) return `${describeTypedArray(value)}: wrap it with array(…)`;
  if (typeof value === "object" && value !== null) return describeObject(value);
  if (typeof value === "function") return `the function ${value.name || "without a name"}: call it`;
  return shorten(typeof value === "string" ? JSON.stringify(value) : String(value));
}

const describeTypedArray = (value: ArrayBufferView): string =>
  `a ${value.constructor.name} of ${value.byteLength / ("BYTES_PER_ELEMENT" in value ? Number(value.BYTES_PER_ELEMENT) : 1)}`;

/** An NdArray is recognised by its shape, so that this file needs nothing of it. */
function describeObject(value: object): string {
  const shape = "shape" in value && Array.isArray(value.shape) ? ` [${shorten(value.shape.join(", "))}]` : "";
  const name = value.constructor?.name ?? "object";
  return `${/^[AEIOUN]/i.test(name) ? "an" : "a"} ${name}${shape}`;
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
