// A vitest reporter that ends the run with one line any script can read: `805 passed, 0 failed, 2 skipped`. Above it, the
// tests that passed only when tried again: a retry keeps a busy machine from failing a run, it hides nothing.
import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], _reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that could not be loaded, or an error outside any test, counts as a failure.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const skipped = count("skipped");
    const notes = skipped === 0 ? "" : `, ${skipped} skipped`;
    const flaky = tests.filter((test) => test.diagnostic()?.flaky);
    for (const test of flaky) {
      process.stdout.write(`\npassed on the second try: ${test.module.relativeModuleId} > ${test.fullName}`);
    }
    process.stdout.write(`\n${count("passed")} passed, ${count("failed") + broken} failed${notes}\n`);
  }
}
