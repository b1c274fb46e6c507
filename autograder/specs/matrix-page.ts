// The matrix of tests and known mistakes as a page to look at: for authors and staff, never for students.
import type { Catch, ExerciseMatrix, MatrixTest } from "./mistake-matrix.js";

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#1f2328}
h2{margin-top:2.5rem}.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:13px}
th,td{border:1px solid #d0d7de;padding:2px 5px}tbody th{font-weight:400;text-align:left;min-width:24rem}
thead th{writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;font-weight:400;vertical-align:bottom}
thead th:first-child,thead th:last-child{writing-mode:initial;transform:none}
td{text-align:center}.always{background:#b7e1c4}.sometimes{background:#fff3bf}.alone{background:#1a7f37;color:#fff}
.nothing{color:#b42318}.hidden{color:#57606a}.legend span{padding:0 .4em;margin-right:.8em;border:1px solid #d0d7de}
@media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}th,td{border-color:#30363d}
.always{background:#1b4d2b}.sometimes{background:#5c4b00}.hidden{color:#9198a1}.nothing{color:#ff7b72}}`;

/** A whole page, without scripts and without anything from elsewhere. */
export function matrixPage(tps: ReadonlyMap<string, readonly ExerciseMatrix[]>): string {
  const sections = [...tps].flatMap(([tp, matrices]) => [`<h1>${escapeHtml(tp)}</h1>`, ...matrices.map(section)]);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tests and known mistakes</title><style>${style}</style>
<p>Each row is a test, each column a known mistake of the exercise. For authors and staff: hidden tests stand here too.</p>
<p class="legend"><span class="alone">●</span>the only test that catches it <span class="always">●</span>caught with every
seed <span class="sometimes">○</span>with some of them <span class="nothing">nothing alone</span>every mistake it catches,
another test catches as well</p>
${sections.join("\n")}
</html>
`;
}

function section({ exercise, title, mistakes, tests }: ExerciseMatrix): string {
  const heads = mistakes.map(({ file, named }) => `<th title="${escapeHtml(named)}">${escapeHtml(file)}</th>`);
  return `<h2>${escapeHtml(exercise)} <small>${escapeHtml(title)}</small></h2>
<div class="scroll"><table><thead><tr><th scope="col">test</th>${heads.join("")}<th scope="col">alone</th></tr></thead>
<tbody>${tests.map((test) => row(test, mistakes)).join("\n")}</tbody></table></div>`;
}

function row({ title, visibility, points, catches, alone }: MatrixTest, mistakes: ExerciseMatrix["mistakes"]): string {
  const cells = catches.map((caught, i) => cell(caught, alone.includes(mistakes[i]!.file)));
  const last = alone.length > 0 ? `<td>${alone.length}</td>` : `<td class="nothing">${nothingOf(catches)}</td>`;
  const note = `<span class="hidden">${visibility}, ${points}</span>`;
  return `<tr><th scope="row">${escapeHtml(title)} ${note}</th>${cells.join("")}${last}</tr>`;
}

const nothingOf = (catches: readonly Catch[]): string =>
  catches.every((caught) => caught === "never") ? "nothing" : "nothing alone";

function cell(caught: Catch, isAlone: boolean): string {
  if (caught === "never") return "<td></td>";
  return `<td class="${isAlone ? "alone" : caught}">${caught === "always" ? "●" : "○"}</td>`;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character]!);
