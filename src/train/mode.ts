// Training or evaluation: runs something in one of the two modes and leaves the network as it was.
import type { Module } from "../nn/module.js";

/** Runs the synchronous `body` with the whole network in a mode, then puts back the mode of each of its modules. */
export function inMode<T>(mode: "training" | "evaluation", network: Module, body: () => T): T {
  const before = [...network.namedModules().values()].map((module) => ({ module, isTraining: module.isTraining }));
  setMode(network, mode === "training");
  try {
    return body();
  } finally {
    for (const { module, isTraining } of before) setMode(module, isTraining); // outer ones first: parts come after wholes
  }
}

const setMode = (module: Module, isTraining: boolean): Module => (isTraining ? module.train() : module.eval());
