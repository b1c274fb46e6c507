// Notices that the Jupyter server that started us has gone, when it had no time to say so.
const everyMs = 1000;

/** Calls `onGone` when the process named by `JPY_PARENT_PID` is not there any more. On Windows that names no process. */
export function watchParent(onGone: () => void): void {
  const parent = Number(process.env["JPY_PARENT_PID"]);
  if (process.platform === "win32" || !Number.isInteger(parent) || parent <= 1) return;
  const starter = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === starter && isAlive(parent)) return;
    clearInterval(timer);
    onGone();
  }, everyMs);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is there, though not ours to signal.
    return (error as { code?: unknown }).code === "EPERM";
  }
}
