// The kernel behind the notebook: starts with the page, says how it is, is interrupted, restarted, asked for help.
import { SessionContext } from "@jupyterlab/apputils";
import type { INotebookContent } from "@jupyterlab/nbformat";
import {
  type Kernel,
  KernelManager,
  KernelSpecManager,
  type ServerConnection,
  SessionManager,
} from "@jupyterlab/services";

/** `lost`: the server does not answer, or runs this kernel no more. */
export type KernelState = "starting" | "idle" | "busy" | "dead" | "lost";

/** The course's own. What the course adds to a notebook is for this one. */
const ourKernel = "tslab";

/** Ours, where a notebook names none. */
export const kernelNamedBy = ({ metadata: { kernelspec } }: INotebookContent): string =>
  kernelspec?.name?.toLowerCase() || ourKernel;

/** One kernel a notebook; a second page on the same notebook finds the same. */
export function openSession(serverSettings: ServerConnection.ISettings, path: string, name: string): SessionContext {
  const kernelManager = new KernelManager({ serverSettings });
  const specsManager = new KernelSpecManager({ serverSettings });
  const sessionManager = new SessionManager({ serverSettings, kernelManager });
  return new SessionContext({
    kernelManager,
    sessionManager,
    specsManager,
    path,
    name: path.split("/").at(-1) ?? path,
    type: "notebook",
    kernelPreference: { name, shouldStart: true, canStart: true, autoStartDefault: name === ourKernel },
  });
}

/** False where the kernel that the notebook names is not installed: another is to be chosen. */
export async function startKernel(session: SessionContext): Promise<boolean> {
  await session.specsManager.ready;
  return !(await session.initialize());
}

/** Goes on with ours, whatever the notebook names. */
export async function useOurKernel(session: SessionContext): Promise<void> {
  session.kernelPreference = { ...session.kernelPreference, name: ourKernel };
  await session.changeKernel({ name: ourKernel });
}

const kernelName = (session: SessionContext): string =>
  kernelOf(session)?.name ?? session.kernelPreference.name ?? ourKernel;

/** Also while it starts. */
export const isOnOurKernel = (session: SessionContext): boolean => kernelName(session) === ourKernel;

export const kernelOf = (session: SessionContext): Kernel.IKernelConnection | null => session.session?.kernel ?? null;

/** Those that answered once: when they do so no more, they are not starting. */
const reached = new WeakSet<Kernel.IKernelConnection>();

export function kernelState(session: SessionContext): KernelState {
  const kernel = kernelOf(session);
  if (kernel === null) return session.isReady ? "lost" : "starting";
  if (kernel.status === "dead" || kernel.status === "terminating") return "dead";
  if (kernel.status === "restarting" || kernel.status === "autorestarting") return "starting";
  if (kernel.connectionStatus === "connected") reached.add(kernel);
  else return reached.has(kernel) || kernel.connectionStatus === "disconnected" ? "lost" : "starting";
  if (kernel.status === "busy") return "busy";
  return kernel.status === "idle" ? "idle" : "starting";
}

export function onKernelState(session: SessionContext, changed: (state: KernelState) => void): void {
  const tell = () => changed(kernelState(session));
  session.statusChanged.connect(tell);
  session.connectionStatusChanged.connect(tell);
  session.kernelChanged.connect(tell);
  session.sessionChanged.connect(tell);
  void session.ready.then(tell);
}

/** The kernel compiles its first words now, and not when the student waits for them. */
export async function warmUp(session: SessionContext): Promise<void> {
  await session.ready;
  const asked = kernelOf(session)?.requestComplete({ code: "con", cursor_pos: 3 });
  await asked?.catch(() => {}); // The kernel was restarted meanwhile.
}

/** A new process in the place of the kernel's; a new kernel where that one is dead; a new session where it is unknown. */
export async function restart(session: SessionContext): Promise<void> {
  const name = kernelName(session);
  const startNew = () => session.changeKernel({ name });
  const kernel = kernelOf(session);
  if (kernel === null && !session.isReady && name !== ourKernel) return; // it is not there: the student is to choose
  const ways = [
    () => (kernel === null ? startNew() : kernel.restart()),
    startNew,
    () => {
      session.session?.dispose();
      return startNew();
    },
  ];
  for (const way of ways) {
    const done = await way().then(
      () => true,
      () => false,
    );
    if (done) return;
  }
}
