// The only place that writes to the terminal: lines, colours where they are wanted, one progress bar.
import { styleText } from "node:util";

export interface Terminal {
  /** Writes one line to standard output. */
  print(line?: string): void;
  /** Writes one line to standard error. */
  warn(line: string): void;
  /** Colours `text` where the terminal shows colours and NO_COLOR is not set. */
  style(format: Style, text: string): string;
  /** A progress bar on standard error; draws nothing when that is not a terminal. */
  progress(label: string): Progress;
}

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

export interface Progress {
  /** `fraction` in [0, 1]; `note` is what is going on right now. */
  update(fraction: number, note?: string): void;
  /** Clears the bar. Safe to call twice. */
  end(): void;
}

const barWidth = 28;
const redrawEveryMs = 50;

export function createTerminal(
  output: NodeJS.WriteStream = process.stdout,
  errors: NodeJS.WriteStream = process.stderr,
): Terminal {
  let openBar = false;
  const clear = () => {
    if (openBar) errors.write("\r\x1b[K");
  };
  const writeLine = (stream: NodeJS.WriteStream, line: string) => {
    clear();
    stream.write(`${line}\n`);
  };
  const coloured = Boolean(output.isTTY) && !process.env["NO_COLOR"];

  return {
    print: (line = "") => writeLine(output, line),
    warn: (line) => writeLine(errors, line),
    style: (format, text) => (coloured ? styleText(format, text) : text),
    progress(label) {
      if (!errors.isTTY) return { update() {}, end() {} };
      let drawnAt = 0;
      openBar = true;
      return {
        update(fraction, note = "") {
          const now = performance.now();
          if (!openBar || (now - drawnAt < redrawEveryMs && fraction < 1)) return;
          drawnAt = now;
          const line = `${label} ${drawBar(fraction)} ${String(Math.floor(100 * fraction)).padStart(3)} %  ${note}`;
          errors.write(`\r\x1b[K${[...line].slice(0, (errors.columns ?? 80) - 1).join("")}`);
        },
        end() {
          clear();
          openBar = false;
        },
      };
    },
  };
}

function drawBar(fraction: number): string {
  const full = Math.round(barWidth * Math.min(1, Math.max(0, fraction)));
  return "█".repeat(full) + "░".repeat(barWidth - full);
}
