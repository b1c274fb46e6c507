import path from "node:path";

/** Whether `file` is `folder` or in it, by their names: whoever minds links follows them first. */
export function isInside(folder: string, file: string, { relative, isAbsolute, sep } = path): boolean {
  const way = relative(folder, file);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way); // absolute: on another drive
}
