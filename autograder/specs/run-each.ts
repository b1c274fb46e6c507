// Several evaluations at the price of one round trip to the sandbox: each thing asked, with what came back of it.
import type { Evaluation, Sent, Student, Value } from "../judge/student.js";

export interface Ran<Asked> {
  readonly asked: Asked;
  readonly run: Value;
}

export async function* runEach<Asked, Inputs extends Sent>(
  student: Student,
  body: Evaluation<Inputs>,
  asked: readonly Asked[],
  inputsOf: (one: Asked) => Inputs,
): AsyncGenerator<Ran<Asked>, void> {
  const left = [...asked];
  const answers = student.evaluateEach(body, asked.map(inputsOf));
  for await (const { result } of answers) yield { asked: left.shift()!, run: result };
}
