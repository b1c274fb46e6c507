// What every layer has: a folder for its files and the processes that run, both gone when it is closed or we end.
import { rmSync } from "node:fs";
import type { Layer, Sandbox, SandboxProcess } from "./sandbox.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

/** Windows keeps a folder until the last process that was in it has ended; what stays even so, the next run sweeps. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  } catch {}
}

/** `prepare` writes into the folder what its processes need and says how one is started. */
export function temporarySandbox(layer: Layer, prepare: (folder: string) => Sandbox["run"]): Sandbox {
  const running = new Set<SandboxProcess>();
  const folder = makeTemporaryFolder("sandbox");
  const removeAll = (): Promise<void>[] => {
    process.off("exit", removeAll);
    const killed = [...running].map((one) => one.kill());
    removeFolder(folder);
    return killed;
  };
  process.on("exit", removeAll);
  const start = prepare(folder);
  return {
    layer,
    async run(limits, slot) {
      const started = await start(limits, slot);
      running.add(started);
      void started.ended.then(() => running.delete(started));
      return started;
    },
    async close() {
      await Promise.all(removeAll());
    },
  };
}
