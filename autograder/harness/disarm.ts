// Takes away what a submission has no honest use for: signals, native code, the network, Node's own modules.
// No boundary, the sandbox is one; but under Node's permission flag alone this is all there is against a signal.

const processMethods = [
  "_debugEnd",
  "_debugProcess",
  "_kill",
  "_linkedBinding",
  "binding",
  "dlopen",
  "getBuiltinModule",
  "initgroups",
  "kill",
  "loadEnvFile",
  "setegid",
  "seteuid",
  "setgid",
  "setgroups",
  "setuid",
];

const globals = ["fetch", "WebSocket", "EventSource", "require", "module"];

export function disarm(): void {
  for (const name of processMethods) replace(process, name, refused(name));
  // The main module of a CommonJS program has a `require`.
  replace(process, "mainModule", undefined);
  tellMemoryWithoutProc();
  // Deleted, not replaced: to replace one would first load Node's whole client for HTTP.
  for (const name of globals) Reflect.deleteProperty(globalThis, name);
}

/** Node reads it in /proc, and throws where there is none: who only prints what is used goes on. */
function tellMemoryWithoutProc(): void {
  const { memoryUsage } = process;
  const orNothing = <Told>(tell: () => Told, nothing: Told) => {
    return () => {
      try {
        return tell();
      } catch {
        return nothing;
      }
    };
  };
  const nothing = { rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 };
  process.memoryUsage = Object.assign(orNothing(memoryUsage, nothing), { rss: orNothing(memoryUsage.rss, 0) });
}

/** As the system would refuse it. */
function refused(name: string): () => never {
  return () => {
    throw Object.assign(new Error(`${name} EPERM`), { code: "EPERM", errno: -1, syscall: name });
  };
}

function replace(owner: object, name: string, value: unknown): void {
  if (name in owner) Object.defineProperty(owner, name, { value, writable: false, configurable: false });
}
