// Jupyter's kernels, kernelspecs and sessions APIs.
import type { ServedFolder } from "../guard/served-folder.js";
import { type Exchange, type Route, readJson, sendJson } from "../http/exchange.js";
import { HttpFault } from "../http/http-fault.js";
import type { Kernels } from "./kernels.js";
import type { LabKernel } from "./lab-kernel.js";
import type { NotebookSession, Sessions } from "./sessions.js";

/** As the course's notebooks name it. */
const kernelName = "tslab";

const kernelspecs = {
  default: kernelName,
  kernelspecs: {
    [kernelName]: {
      name: kernelName,
      resources: {},
      spec: {
        argv: [],
        display_name: "TypeScript",
        language: "typescript",
        interrupt_mode: "message",
        env: {},
        metadata: {},
      },
    },
  },
};

export function kernelRoutes(served: ServedFolder, kernels: Kernels, sessions: Sessions): Route[] {
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
  const fileOf = ({ words }: Exchange, path: unknown) => served.locate(String(path ?? ""), words);

  return [
    {
      method: "GET",
      path: /^\/api\/kernelspecs\/?$/,
      handle: (exchange) => sendJson(exchange, 200, kernelspecs),
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
        const { path } = await readJson(exchange);
        const kernel = kernels.take(fileOf(exchange, path));
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
        const { path, type } = await readJson(exchange);
        const file = fileOf(exchange, path);
        const session = await sessions.open(file, String(path), String(type ?? "notebook"), exchange.words);
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
          await sessions.replaceKernel(session, fileOf(exchange, session.path), exchange.words);
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

function kernelModel({ id, state, lastActivity, connections }: LabKernel) {
  return {
    id,
    name: kernelName,
    execution_state: state,
    last_activity: lastActivity.toISOString(),
    connections,
  };
}

function sessionModel({ id, path, name, type, kernel }: NotebookSession) {
  return { id, path, name, type, kernel: kernelModel(kernel), notebook: { path, name } };
}
