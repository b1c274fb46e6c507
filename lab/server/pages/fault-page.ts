// A page that says why there is none.
import type { Exchange } from "../http/exchange.js";
import type { HttpFault } from "../http/http-fault.js";
import { escapeHtml, pageHead } from "./html.js";

/** Without a style when nothing else of ours may be loaded: who has no token gets this page alone. */
export function faultPage({ language, words }: Exchange, { message, status }: HttpFault): string {
  const back = status === 403 ? "" : `<p><a href="/">${escapeHtml(words.backHome)}</a></p>`;
  return `${pageHead(language, words.faultTitle)}
<link rel="stylesheet" href="/static/home.css">
</head>
<body>
<main class="fault">
<h1>${escapeHtml(words.faultTitle)}</h1>
<p>${escapeHtml(message)}</p>
${back}
</main>
</body>
</html>
`;
}
