// What a process of a sandbox finds in its environment: nothing, but for what a system insists on.

/** Windows, that is libuv, gives these of ours to any process to which they are not given. https://github.com/libuv/libuv src/win/process.c */
const givenUnlessTold = [
  ...["HOMEDRIVE", "HOMEPATH", "LOGONSERVER", "PATH", "SYSTEMDRIVE", "SYSTEMROOT"],
  ...["TEMP", "USERDOMAIN", "USERNAME", "USERPROFILE", "WINDIR"],
] as const;

/** Without them Node on Windows opens no descriptor and draws no random number; they say where the system is, not whose. */
export const ofTheSystem: readonly string[] = ["SYSTEMDRIVE", "SYSTEMROOT", "WINDIR"];

/** The names of Windows are found in any case. */
export function environmentOn(platform: NodeJS.Platform, ours: NodeJS.ProcessEnv): Record<string, string> {
  if (platform !== "win32") return {};
  const ourValue = (name: string): string =>
    Object.entries(ours).find(([key]) => key.toUpperCase() === name)?.[1] ?? "";
  return Object.fromEntries(givenUnlessTold.map((name) => [name, ofTheSystem.includes(name) ? ourValue(name) : ""]));
}
