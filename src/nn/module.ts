// Module: a part of a network that holds parameters, its own and those of the parts it is made of.
import type { Tensor } from "../autograd/tensor.js";
import { describeValue } from "../nd/describe.js";
import { Parameter } from "./parameter.js";

/**
 * What a network is made of, and a network itself: parameters and modules in its fields, or in lists in its fields.
 * Only fields without `#` are seen; a map, a set or a plain object that holds some is refused, for they would be missed.
 *
 * @example
 * class Twice extends Module {
 *   readonly layer = new Linear(2, 2, { random: new RandomGenerator(1) });
 *   forward(x: Tensor): Tensor {
 *     return this.layer.forward(this.layer.forward(x));
 *   }
 * }
 * [...new Twice().namedParameters().keys()].join(" ") // layer.W layer.b
 */
export abstract class Module {
  /** As error messages show it: its own if it was given one, else its dotted name in the whole that last listed it. */
  name: string | undefined;
  #foundName: string | undefined;
  #isTraining = true;

  abstract forward(x: Tensor): Tensor;

  /**
   * @internal Whether `forward` is the library's own, down to the last layer: nobody but the caller sees its result then. Not
   * so where somebody has written a class, or put a method in a layer, in which he may keep what passes.
   */
  get isUnwatched(): boolean {
    return false;
  }

  /** The parameters in the order of the fields, each once. */
  parameters(): Parameter[] {
    return [...this.namedParameters().values()];
  }

  /** The parameters by dotted name: `hidden.0.W` is the field W of the first module of the list `hidden`. */
  namedParameters(): Map<string, Parameter> {
    const found = new Map<Parameter, string>();
    this.#visitParts((value, name) => {
      if (value instanceof Parameter && !found.has(value)) found.set(value, name);
    });
    return new Map([...found].map(([parameter, name]) => [name, parameter]));
  }

  /** This module and those it is made of, by dotted name; its own name is empty. */
  namedModules(): Map<string, Module> {
    const found = new Map<string, Module>([["", this]]);
    this.#visitParts((value, name) => {
      if (value instanceof Module) found.set(name, value);
    });
    return found;
  }

  /** Whether layers behave as in training: dropout drops. True at first. */
  get isTraining(): boolean {
    return this.#isTraining;
  }

  /** Training mode, for this module and all it is made of. */
  train(): this {
    return this.#setTraining(true);
  }

  /** Evaluation mode, for this module and all it is made of. */
  eval(): this {
    return this.#setTraining(false);
  }

  /**
   * Remembers the mode of this module and of each it is made of; calling the result puts them back, one by one. `train` and
   * `eval` cannot: a part that two modules share would end with the mode of the last.
   */
  rememberModes(): () => void {
    const modes = [...this.namedModules().values()].map((module) => ({ module, isTraining: module.#isTraining }));
    return () => {
      for (const { module, isTraining } of modes) module.#isTraining = isTraining;
    };
  }

  /** Forgets the gradients of all parameters. It searches the fields; an optimiser's `zeroGrad` has them at hand. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.zeroGrad();
  }

  /** The class and its sizes, on one line: `Linear(784 → 100)`. */
  get title(): string {
    return this.constructor.name;
  }

  /** The title, how many numbers are learnt, and the layers it is made of, one a line. */
  toString(): string {
    const layers = [...this.namedModules()].filter(([name, module]) => name !== "" && isLayer(module));
    return [summary(this), ...alignRows(layers.map(([name, layer]) => ["", name, summary(layer)]))].join("\n");
  }

  /** What `console.log` and a notebook show. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /**
   * Visits all it is made of. Modules that nobody named get their names here: optimisers list the parameters, so that layers
   * have theirs before the first `forward` of a training. A part of a whole does not rename its own parts.
   */
  #visitParts(visit: (value: Parameter | Module, name: string) => void): void {
    const isWhole = this.#foundName === undefined;
    visitFields(this, (value, name) => {
      if (isWhole && value instanceof Module) value.#takeName(name);
      visit(value, name);
    });
  }

  #takeName(name: string): void {
    if (this.name === this.#foundName) this.name = name;
    this.#foundName = name;
  }

  #setTraining(isTraining: boolean): this {
    for (const module of this.namedModules().values()) module.#isTraining = isTraining;
    return this;
  }
}

/** `Linear(784 → 10), 7850 parameters`; the title alone when nothing is learnt. */
export function summary(module: Module): string {
  const count = module.parameters().reduce((sum, { size }) => sum + size, 0);
  return count === 0 ? module.title : `${module.title}, ${count} parameter${count === 1 ? "" : "s"}`;
}

/** Parameters and modules in the fields of `root` and of the modules it is made of, each module once. */
function visitFields(root: Module, visit: (value: Parameter | Module, name: string) => void): void {
  const entered = new Set<unknown>([root]);
  const walk = (value: unknown, name: string): void => {
    if (value instanceof Parameter) visit(value, name);
    else if (entered.has(value)) return;
    else if (Array.isArray(value)) {
      entered.add(value);
      for (const [i, item] of value.entries()) walk(item, `${name}.${i}`);
    } else if (value instanceof Module) {
      entered.add(value);
      visit(value, name);
      walkFields(value, `${name}.`);
    }
  };
  const walkFields = (module: Module, prefix: string): void => {
    for (const [field, value] of Object.entries(module)) {
      expectNothingHidden(module, field, value);
      walk(value, prefix + field);
    }
  };
  walkFields(root, "");
}

/** Checks that a field holds nothing to learn where it would not be seen: in a map, a set or a plain object. */
function expectNothingHidden(module: Module, field: string, value: unknown): void {
  const hidden = itemsOf(value).find((item) => item instanceof Parameter || item instanceof Module);
  if (hidden === undefined) return;
  throw new TypeError(
    `${module.constructor.name}: the field ${field} holds ${describeValue(hidden)} in ${describeValue(value)}, where it is not found and would not be trained: use a list (or a field with #, for what shall not be trained)`,
  );
}

function itemsOf(value: unknown): unknown[] {
  if (value instanceof Map) return [...value.values()];
  if (value instanceof Set) return [...value];
  const isPlain = typeof value === "object" && value !== null && value.constructor === Object;
  return isPlain ? Object.values(value) : [];
}

const isLayer = (module: Module): boolean => module.namedModules().size === 1;

/** Rows of text as lines, their columns aligned. */
function alignRows(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join("  ")
      .trimEnd(),
  );
}
