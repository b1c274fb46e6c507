// A sandbox for a class: what would be done again at each start is done once.
import { type Rehearsal, withBytecode } from "./bytecode.js";
import type { KnownLayer } from "./known-layers.js";
import { openLauncher } from "./launcher.js";
import type { Sandbox } from "./sandbox.js";

/** Its processes start from bytecode of `program`, in the name of the judge by a smaller process. */
export async function openForMany(
  { open }: Pick<KnownLayer, "open">,
  program: string,
  rehearse?: Rehearsal,
): Promise<Sandbox> {
  const launcher = await openLauncher(); // before the rest, for the judge is small still
  try {
    const [text, data] = await withBytecode(program, rehearse);
    return closingToo(await open(text, data, launcher.launch), () => launcher.close());
  } catch (error) {
    await launcher.close();
    throw error;
  }
}

const closingToo = (sandbox: Sandbox, close: () => Promise<void>): Sandbox => ({
  ...sandbox,
  async close() {
    await sandbox.close();
    await close();
  },
});
