// Training or evaluation: runs something in one of the two modes and leaves the network as it was.
import type { Module } from "../nn/module.js";

/** Runs the synchronous `body` with the whole network in a mode, then puts back the mode of each of its modules. */
export function inMode<T>(mode: "training" | "evaluation", network: Module, body: () => T): T {
  const putBack = network.rememberModes();
  if (mode === "training") network.train();
  else network.eval();
  try {
    return body();
  } finally {
    putBack();
  }
}
