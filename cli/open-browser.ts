// Opens an address in the person's browser, where there is one; elsewhere nothing happens.
import { spawn } from "node:child_process";

/** Returns at once. Other users of the machine can read the address: it must be good once only. */
export function openBrowser(address: string): void {
  const command = browserCommand(process.platform, process.env);
  if (command === undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, address], { stdio: "ignore", detached: true, windowsHide: true });
  child.on("error", () => {}); // there is none: the address has been printed
  child.unref();
}

/** Undefined where no window can be shown: there `xdg-open` would take the terminal for a browser of text. */
export function browserCommand(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] | undefined {
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] || env["WSL_DISTRO_NAME"] ? ["xdg-open"] : undefined;
}
