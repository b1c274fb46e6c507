// What a cell should have shown beside what it has shown: the differences, as sentences.
import type { Output } from "../client/notebook.js";
import type { CellCase, ExpectedBundle, ExpectedOutput, ExpectedText } from "./case.js";

/** What is known of a cell that has run, whoever ran it. */
export interface CellRun {
  readonly outputs: readonly Output[];
  readonly executionCount: number | null;
  /** Why the kernel died of it. */
  readonly death?: string;
  /** It had not ended when the suite lost patience. */
  readonly isEndless?: boolean;
}

/** Empty when the cell did as expected. */
export function differences({ expected = [] }: CellCase, run: CellRun): string[] {
  if (run.isEndless) return ["it does not end"];
  if ("death" in expected) return deathDifferences(expected.death, run);
  if (run.death !== undefined) return [`the kernel died: ${run.death}`];
  const texts = mergeStreams(run.outputs);
  const faults = expected.flatMap((output, i) => outputDifferences(output, texts[i], run.executionCount));
  const more = texts.slice(expected.length).map((output) => `unexpected: ${summary(output)}`);
  return [...faults, ...more, ...innerFrames(run.outputs)];
}

function deathDifferences(expected: RegExp, { death, outputs }: CellRun): string[] {
  if (death === undefined) return ["the kernel lives on"];
  const told = [death, ...outputs.map(summary)].join("\n");
  return expected.test(told) ? [] : [`the death is told as ${quote(told)}, expected ${expected}`];
}

/** Front ends differ in whether they keep the pieces of a stream apart. */
export function mergeStreams(outputs: readonly Output[]): Output[] {
  const result: Output[] = [];
  for (const output of outputs) {
    const last = result.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      result[result.length - 1] = { ...last, text: last.text + output.text };
    } else {
      result.push(output);
    }
  }
  return result;
}

function outputDifferences(expected: ExpectedOutput, output: Output | undefined, count: number | null): string[] {
  if (output === undefined) return [`missing: ${JSON.stringify(Object.keys(expected)[0])}`];
  if ("stdout" in expected) return streamDifferences("stdout", expected.stdout, output);
  if ("stderr" in expected) return streamDifferences("stderr", expected.stderr, output);
  if ("result" in expected) return bundleDifferences("execute_result", expected.result, output);
  if ("display" in expected) return bundleDifferences("display_data", expected.display, output);
  if (output.output_type !== "error") return [`expected an error, got ${summary(output)}`];
  const shown = plain(output.traceback.join("\n"));
  const traces = (expected.traceback ?? []).map((text) => text.replace("<count>", String(count)));
  return [
    ...textDifferences("the error's name", expected.error, output.ename),
    ...textDifferences("the error's message", expected.message, output.evalue),
    ...traces
      .filter((text) => !shown.includes(text))
      .map((text) => `the traceback ${quote(shown)} lacks ${quote(text)}`),
  ];
}

function streamDifferences(name: "stdout" | "stderr", expected: ExpectedText, output: Output): string[] {
  if (output.output_type !== "stream" || output.name !== name) return [`expected ${name}, got ${summary(output)}`];
  return textDifferences(name, expected, output.text);
}

function bundleDifferences(
  type: "execute_result" | "display_data",
  expected: ExpectedBundle,
  output: Output,
): string[] {
  if (output.output_type !== type) return [`expected ${type}, got ${summary(output)}`];
  return Object.entries(expected).flatMap(([mime, text]) => {
    const value = output.data[mime];
    if (value === undefined) return [`${type} lacks ${mime}: it has ${Object.keys(output.data).join(", ")}`];
    return textDifferences(
      `${type} ${mime}`,
      text,
      typeof value === "string" ? value.trimEnd() : JSON.stringify(value),
    );
  });
}

function textDifferences(what: string, expected: ExpectedText, text: string): string[] {
  const isSame = typeof expected === "string" ? text === expected : expected.test(text);
  if (isSame) return [];
  return [`${what} is ${quote(text)}, expected ${typeof expected === "string" ? quote(expected) : expected}`];
}

/** A student's error names the student's code alone. */
function innerFrames(outputs: readonly Output[]): string[] {
  const traces = outputs.flatMap((output) => (output.output_type === "error" ? output.traceback : []));
  const frame = plain(traces.join("\n")).match(/^ +at .*(node:|\/protocol\/|\/engine\/|main\.js).*/m);
  return frame === null ? [] : [`a frame of the kernel's own: ${quote(frame[0])}`];
}

function summary(output: Output): string {
  if (output.output_type === "stream") return `${output.name} ${quote(output.text)}`;
  if (output.output_type === "error") return `error ${quote(`${output.ename}: ${output.evalue}`)}`;
  return `${output.output_type} ${quote(JSON.stringify(output.data))}`;
}

/** Long texts by their two ends and their length. */
function quote(text: string): string {
  if (text.length <= 600) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, 100))} … ${JSON.stringify(text.slice(-100))} (${text.length} characters)`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const plain = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, "");
