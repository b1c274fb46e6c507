// How a mistake of TP1 betrays itself in what came back.
import { isClose } from "../../judge/closeness.js";
import type { Explanation, Observed } from "../../judge/explain.js";
import type { Comparable } from "../../judge/numbers.js";
import { asReturned, sameValue } from "../../judge/same-value.js";

type When = Explanation["when"];

/** The library refused a product: two shapes that do not fit. */
export const saysShapesDiffer: When = ({ fault }) => /inner lengths differ/.test(fault?.detail?.message ?? "");

/** The argument at `index` came back changed, whatever was sent. */
export const changedArgument =
  (index: number): When =>
  ({ args, sent }: Observed) =>
    args.length > index && !sameValue(args[index], asReturned(sent[index]));

/** W and b, the first two arguments, are these after the call. */
export const leftParameters =
  ({ W, b }: { readonly W: Comparable; readonly b: Comparable }): When =>
  ({ args }) =>
    args.length > 1 && isClose(args[0], W) && isClose(args[1], b);
