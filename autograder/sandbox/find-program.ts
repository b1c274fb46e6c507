// Where a program of the system is: looked for in the system's folders, whatever PATH says.
import { accessSync, constants } from "node:fs";

const folders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];

export const findProgram = (name: string): string | undefined =>
  folders.map((folder) => `${folder}/${name}`).find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
