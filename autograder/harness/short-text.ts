// Text of a submission, cut to a length. Lone surrogates are replaced: they would not survive UTF-8.

export const shortText = (value: unknown, maxLength: number): string =>
  (typeof value === "string" ? value : "").slice(0, maxLength).replace(/\p{Cs}/gu, "\ufffd");
