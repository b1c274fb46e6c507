// A copy of all parameters of a network, to come back to.
import type { NdArray } from "../nd/nd-array.js";
import type { Module } from "../nn/module.js";
import type { Parameter } from "../nn/parameter.js";

/** A parameter with its dotted name in the network, and its values when the snapshot was taken. */
export interface KeptParameter {
  readonly name: string;
  readonly parameter: Parameter;
  readonly values: NdArray;
}

/** The values of the parameters when it was taken. */
export class Snapshot {
  readonly kept: readonly KeptParameter[];

  constructor(network: Module) {
    this.kept = [...network.namedParameters()].map(([name, parameter]) => {
      return { name, parameter, values: parameter.values() };
    });
  }

  /** Writes the kept values into the parameters, in place. */
  restore(): void {
    for (const { parameter, values } of this.kept) parameter.assign(values);
  }
}
