// What the system says of a file → what the student is told, with the answer's status.
import { HttpFault } from "../http/http-fault.js";
import type { Words } from "../words.js";

/** Runs `work` on the file that the page calls `path`; what the system refuses is thrown as an HttpFault. */
export function onFile<T>(path: string, words: Words, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof HttpFault ? error : faultOf(error as NodeJS.ErrnoException, path, words);
  }
}

function faultOf(error: NodeJS.ErrnoException, path: string, words: Words): unknown {
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return new HttpFault(404, "not-found", words.noSuchFile(path));
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new HttpFault(403, "read-only", words.readOnly(path));
    case "ENOSPC":
    case "EDQUOT":
      return new HttpFault(507, "disk-full", words.diskFull);
    case "EISDIR":
      return new HttpFault(400, "folder", words.isFolder(path));
    case "EEXIST":
      return new HttpFault(409, "exists", words.exists(path));
    case "ENOTEMPTY":
      return new HttpFault(400, "not-empty", words.notEmpty(path));
    case undefined:
      return error;
    default:
      return new HttpFault(500, "file", words.cannotWrite(path, error.code));
  }
}
