// The sandbox of a run: the strongest there is, or a refusal that says what is missing.
import { rmdirSync } from "node:fs";
import { prewarmed } from "../../autograder/judge/prewarmed.js";
import { ProcessStudent } from "../../autograder/judge/process-student.js";
import type { Rehearsal } from "../../autograder/sandbox/bytecode.js";
import { chooseSandbox, IsolationError } from "../../autograder/sandbox/choose-sandbox.js";
import type { Canary, Layer, Sandbox } from "../../autograder/sandbox/sandbox.js";
import { makeTemporaryFolder } from "../../autograder/sandbox/temporary-folder.js";
import { CliError } from "../command.js";
import { throwTemporaryFault } from "./disk-fault.js";
import type { GradingOptions } from "./grade-submission.js";

export interface OpenedSandbox {
  readonly sandbox: Sandbox;
  readonly layer: Layer;
  readonly canaries: readonly Canary[];
  /** Why it is not a stronger one, with the remedy. */
  readonly remark?: string;
}

/** `rehearse` is for a class that is worth it. */
export async function openSandbox(
  editionFolder: string,
  required: Layer,
  rehearse?: Rehearsal,
): Promise<OpenedSandbox> {
  try {
    rmdirSync(makeTemporaryFolder("sandbox")); // without one each layer would say why it does not start
    const { whyNotStronger, sandbox, ...opened } = await chooseSandbox({
      ...{ editionFolder, require: required },
      ...(rehearse === undefined ? {} : { rehearse }),
    });
    return {
      ...opened,
      sandbox: prewarmed(sandbox),
      ...(whyNotStronger === undefined ? {} : { remark: whyNotStronger }),
    };
  } catch (error) {
    if (!(error instanceof IsolationError)) return throwTemporaryFault(error);
    throw new CliError(`${error.message}; for code you trust, --require-isolation L1`);
  }
}

/** Starts submissions in the slots of `sandbox`. */
export const startIn =
  (sandbox: Sandbox): GradingOptions["start"] =>
  async (submission, slot) =>
    new ProcessStudent({ program: submission.program, sandbox, slot });
