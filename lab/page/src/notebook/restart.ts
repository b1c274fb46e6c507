// Restarting loses the names that were defined: the student is asked first.
import { announce } from "../interface/announce.js";
import { ask } from "../interface/dialogs.js";
import type { Words } from "../words.js";
import type { Runner } from "./run.js";

export async function confirmRestart(runner: Runner, words: Words): Promise<void> {
  const { restart } = words.actions;
  const answer = await ask(restart, words.kernel.confirmRestart, [
    { answer: false, label: words.cancel },
    { answer: true, label: restart, isMain: true },
  ]);
  if (answer !== true) return;
  await runner.restart();
  announce(words.kernel.restarted);
}
