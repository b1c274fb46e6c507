// What the kernel says of itself and of its language. Notebooks keep the language: as stock tslab has it, for the same files.
import { protocolVersion } from "./jupyter-message.js";

/** The content of a `kernel_info_reply`. */
export function kernelInfo(typescriptVersion: string): Readonly<Record<string, unknown>> {
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "retroprop",
    implementation_version: "0.1.0",
    language_info: {
      name: "typescript",
      version: typescriptVersion,
      mimetype: "text/typescript",
      file_extension: ".ts",
      // The classic notebook finds its TypeScript mode by all three.
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
    banner: `TypeScript ${typescriptVersion}`,
    help_links: [{ text: "TypeScript", url: "https://www.typescriptlang.org/docs/" }],
    debugger: false,
  };
}
