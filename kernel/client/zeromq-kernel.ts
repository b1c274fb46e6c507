// Any kernel that keeps to the Jupyter protocol, started as a Jupyter front end does: with a connection file, over ZeroMQ.
import { proposeConnection, writeConnectionFile } from "../protocol/connection.js";
import type { JupyterMessage } from "../protocol/jupyter-message.js";
import { type InterruptMode, JupyterKernel } from "./jupyter-kernel.js";
import type { StartOptions } from "./kernel.js";
import { spawnKernelProcess } from "./kernel-process.js";
import { loadZeromq } from "./message-sockets.js";
import { openZeromqChannels } from "./zeromq-channels.js";

/** iopub may connect later than shell: the kernel is asked again until its `idle` is heard. */
const askAgainMs = 50;
/** Another program may take one of the ports before the kernel does. */
const startAttempts = 3;

/** `argv` is that of a kernelspec: `{connection_file}` stands for the file's path, and limits are its own affair. */
export async function startZeromqKernel(
  argv: readonly [string, ...string[]],
  { folder, signal }: StartOptions,
  interruptMode: InterruptMode = "message",
): Promise<JupyterKernel> {
  const zeromq = await loadZeromq();
  for (let attempt = 1; ; attempt++) {
    const connection = await proposeConnection();
    const connectionFile = writeConnectionFile(connection);
    const [program = "", ...args] = argv.map((argument) => argument.replace("{connection_file}", connectionFile));
    const process = spawnKernelProcess({ program, args, folder, connectionFile });
    const open = (onMessage: (message: JupyterMessage) => void) => openZeromqChannels(zeromq, connection, onMessage);
    const kernel = new JupyterKernel(process, open, interruptMode);
    try {
      await kernel.waitUntilReady(signal, askAgainMs);
      return kernel;
    } catch (error) {
      if (attempt === startAttempts || !/EADDRINUSE|already in use/i.test(process.lastWords())) throw error;
    }
  }
}
