// Values of options, read or refused with what was expected.
import { CliError } from "../command.js";

export function readCount(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new CliError(`${option} expects a whole number, ${least} or more; received ${text}`);
}

export function readChoice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new CliError(`${option} expects ${choices.join(", ")}; received ${text}`);
  return choice;
}
