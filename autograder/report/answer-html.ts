// A student's answer, as whoever marks it reads it: its Markdown, and nothing that could act, load or lead anywhere.
import createMarkdownIt, { type MarkdownIt } from "markdown-it";
import { marking } from "./class-messages.fr.js";
import { type Html, html } from "./html.js";
import { plainText } from "./plain-text.js";

/** Nobody reads more for one question; a page of a class must stay one that opens. */
const mostCharacters = 20_000;

/** What whoever writes the report adds to the Markdown of answers: formulas. It makes what students write harmless. */
export type MarkdownRules = (markdown: MarkdownIt) => void;

export type RenderAnswer = (answer: string) => Html;

/** What shows answers; figures come after the text, those that are in the answer itself. */
export function answerRenderer(addRules: MarkdownRules = () => {}): RenderAnswer {
  const markdown = safeMarkdown();
  addRules(markdown);
  return (answer) => render(answer, markdown);
}

function safeMarkdown(): MarkdownIt {
  // No raw HTML, no links, no images: each shows as the text that it is. Figures are taken out before.
  // No entities either: one could write a character that `plainText` has just made harmless.
  const markdown = createMarkdownIt({ html: false, linkify: false, typographer: false, breaks: true });
  markdown.disable(["link", "image", "autolink", "reference", "entity"]);
  // Nor where a block of code says its language, which markdown-it reads with its entities.
  markdown.renderer.rules.fence = (tokens, index) =>
    `<pre><code>${markdown.utils.escapeHtml(tokens[index]!.content)}</code></pre>\n`;
  return markdown;
}

/** A picture from elsewhere is shown as its address. */
function render(answer: string, markdown: MarkdownIt): Html {
  const figures: Html[] = [];
  const text = answer.replace(embeddedPicture, (_, name: string, address: string) => {
    if (figures.length < mostFigures)
      figures.push(html`<img src="${{ html: address }}" alt="${marking.figure(name)}">`);
    return marking.figure(name);
  });
  const body: Html = { html: markdown.render(plainText(text, mostCharacters)) };
  return html`${body}${figures}`;
}

const mostFigures = 4;

/** Pictures only: an SVG is a document. A base64 address has no character that ends an attribute. */
const embeddedPicture =
  /!\[([^\]]{0,100})\]\((data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]{1,1000000}={0,2})\)/g;
