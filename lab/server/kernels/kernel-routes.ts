// Jupyter's kernels, kernelspecs and sessions APIs.
import type { ServedFolder } from "../guard/served-folder.js";
import { type Exchange, type Route, readJson, sendJson } from "../http/exchange.js";
import { HttpFault } from "../http/http-fault.js";
import type { KernelCatalogue } from "./kernel-catalogue.js";
import type { Kernels } from "./kernels.js";
import type { KernelKind, LabKernel } from "./lab-kernel.js";
import type { NotebookSession, Sessions } from "./sessions.js";

export interface KernelParts {
  readonly served: ServedFolder;
  readonly catalogue: KernelCatalogue;
  readonly kernels: Kernels;
  readonly sessions: Sessions;
}

export function kernelRoutes({ served, catalogue, kernels, sessions }: KernelParts): Route[] {
  const kernelOf = ({ words }: Exchange, id: string): LabKernel => {
    const kernel = kernels.get(id);
    if (kernel === undefined) throw new HttpFault(404, "no-kernel", words.noKernel);
    return kernel;
  };
  const sessionOf = ({ words }: Exchange, id: string): NotebookSession => {
    const session = sessions.get(id);
    if (session === undefined) throw new HttpFault(404, "no-session", words.noSession);
    return session;
  };
  /** Ours where none is named. */
  const kindOf = ({ words }: Exchange, name: unknown): KernelKind => {
    const kind = typeof name === "string" && name !== "" ? catalogue.find(name) : catalogue.ours;
    if (kind === undefined) throw new HttpFault(404, "no-such-kernel", words.noSuchKernel(String(name)));
    return kind;
  };
  const fileOf = ({ words }: Exchange, path: unknown) => served.locate(String(path ?? ""), words);

  return [
    {
      method: "GET",
      path: /^\/api\/kernelspecs\/?$/,
      handle: (exchange) => sendJson(exchange, 200, catalogue.list()),
    },
    {
      method: "GET",
      path: /^\/api\/kernels\/?$/,
      handle: (exchange) => sendJson(exchange, 200, kernels.all().map(kernelModel)),
    },
    {
      method: "POST",
      path: /^\/api\/kernels\/?$/,
      async handle(exchange) {
        const { path, name } = await readJson(exchange);
        const kernel = kernels.take(fileOf(exchange, path), kindOf(exchange, name));
        kernel.introduce("kernel", exchange.words);
        sendJson(exchange, 201, kernelModel(kernel));
      },
    },
    {
      method: "GET",
      path: /^\/api\/kernels\/([\w-]+)$/,
      handle: (exchange, id = "") => sendJson(exchange, 200, kernelModel(kernelOf(exchange, id))),
    },
    {
      method: "DELETE",
      path: /^\/api\/kernels\/([\w-]+)$/,
      async handle(exchange, id = "") {
        await kernels.end(kernelOf(exchange, id).id);
        sendJson(exchange, 204);
      },
    },
    {
      method: "POST",
      path: /^\/api\/kernels\/([\w-]+)\/interrupt$/,
      handle(exchange, id = "") {
        kernelOf(exchange, id).interrupt();
        sendJson(exchange, 204);
      },
    },
    {
      method: "POST",
      path: /^\/api\/kernels\/([\w-]+)\/restart$/,
      async handle(exchange, id = "") {
        const kernel = kernelOf(exchange, id);
        await kernel.restart();
        sendJson(exchange, 200, kernelModel(kernel));
      },
    },
    {
      method: "GET",
      path: /^\/api\/sessions\/?$/,
      handle: (exchange) => sendJson(exchange, 200, sessions.all().map(sessionModel)),
    },
    {
      method: "POST",
      path: /^\/api\/sessions\/?$/,
      async handle(exchange) {
        const { path, type, kernel } = await readJson(exchange);
        const notebook = { file: fileOf(exchange, path), path: String(path), type: String(type ?? "notebook") };
        const session = await sessions.open(notebook, () => kindOf(exchange, nameIn(kernel)), exchange.words);
        sendJson(exchange, 201, sessionModel(session));
      },
    },
    {
      method: "GET",
      path: /^\/api\/sessions\/([\w-]+)$/,
      handle: (exchange, id = "") => sendJson(exchange, 200, sessionModel(sessionOf(exchange, id))),
    },
    {
      method: "PATCH",
      path: /^\/api\/sessions\/([\w-]+)$/,
      async handle(exchange, id = "") {
        const { path, kernel } = await readJson(exchange);
        const session = sessionOf(exchange, id);
        if (typeof path === "string") sessions.move(session, served.pathOf(fileOf(exchange, path)), exchange.words);
        if (asksForAnother(kernel, session)) {
          const kind = kindOf(exchange, nameIn(kernel));
          await sessions.replaceKernel(session, fileOf(exchange, session.path), kind, exchange.words);
        }
        sendJson(exchange, 200, sessionModel(session));
      },
    },
    {
      method: "DELETE",
      path: /^\/api\/sessions\/([\w-]+)$/,
      async handle(exchange, id = "") {
        await sessions.close(sessionOf(exchange, id));
        sendJson(exchange, 204);
      },
    },
  ];
}

/** A name without an id asks for a new kernel; the id of its own one for nothing. */
function asksForAnother(kernel: unknown, session: NotebookSession): boolean {
  if (typeof kernel !== "object" || kernel === null) return false;
  const { id, name } = kernel as { readonly id?: unknown; readonly name?: unknown };
  return typeof id === "string" ? id !== session.kernel.id : typeof name === "string";
}

const nameIn = (kernel: unknown): unknown => (kernel as { readonly name?: unknown } | null | undefined)?.name;

function kernelModel({ id, name, state, lastActivity, connections, reason }: LabKernel) {
  return {
    id,
    name,
    execution_state: state,
    last_activity: lastActivity.toISOString(),
    connections,
    ...(reason !== "" && { reason }),
  };
}

function sessionModel({ id, path, name, type, kernel }: NotebookSession) {
  return { id, path, name, type, kernel: kernelModel(kernel), notebook: { path, name } };
}
