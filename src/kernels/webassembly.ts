// WebAssembly as far as the kernels need it: its types otherwise come with those of web pages only.

/** Memory that grows, in pages of 64 KB, and that threads may share. */
export interface SharedMemory {
  readonly buffer: ArrayBuffer;
  /** @returns how many pages there were before; throws a RangeError when there is no room */
  grow(pages: number): number;
}

/** Compiled code; threads may share it. */
export type CompiledModule = object;

interface WebAssemblyApi {
  readonly Memory: new (descriptor: { initial: number; maximum: number; shared: boolean }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: { readonly env: { readonly memory: SharedMemory } },
  ) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

/** Undefined where it is switched off, as by `node --jitless`. */
export const webAssembly = (): WebAssemblyApi | undefined =>
  (globalThis as unknown as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;

/** A shared memory of so many pages, at most. Throws a RangeError when the system refuses. */
export const newSharedMemory = (initial: number, maximum: number): SharedMemory =>
  new (webAssembly()!.Memory)({ initial, maximum, shared: true });
