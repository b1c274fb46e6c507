// What Jupyter's clients ask of a server itself, and how a second `retroprop start` finds the first.
import type { Access } from "./guard/access.js";
import { proofOf } from "./guard/proof.js";
import { type Route, sendJson } from "./http/exchange.js";
import type { Kernels } from "./kernels/kernels.js";

/** Answered without the secret: it shows that the server has it. */
export const proofPath = "/api/retroprop/proof";

export function serverRoutes(access: Access, kernels: Kernels): Route[] {
  const started = new Date().toISOString();
  return [
    { method: "GET", path: /^\/api\/?$/, handle: (exchange) => sendJson(exchange, 200, { version: "2.14.0" }) },
    {
      method: "GET",
      path: /^\/api\/status$/,
      handle(exchange) {
        const running = kernels.all();
        const times = running.map(({ lastActivity }) => lastActivity.toISOString());
        sendJson(exchange, 200, {
          started,
          last_activity: times.sort().at(-1) ?? started,
          connections: running.reduce((sum, { connections }) => sum + connections, 0),
          kernels: running.length,
        });
      },
    },
    { method: "GET", path: /^\/api\/me$/, handle: (exchange) => sendJson(exchange, 200, me) },
    {
      method: "GET",
      path: new RegExp(`^${proofPath}$`),
      handle(exchange) {
        const challenge = exchange.url.searchParams.get("challenge") ?? "";
        sendJson(exchange, 200, { proof: proofOf(access.token, challenge) });
      },
    },
    {
      method: "POST",
      path: /^\/api\/retroprop\/ticket$/,
      handle: (exchange) => sendJson(exchange, 201, { ticket: access.newTicket() }),
    },
  ];
}

const me = {
  identity: {
    username: "student",
    name: "student",
    display_name: "student",
    initials: "S",
    avatar_url: null,
    color: null,
  },
  permissions: {},
};
