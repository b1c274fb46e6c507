// Which cell a name of the notebook comes from: the last one that declared it.
import type { CellSource, NameKind } from "./cell-source.js";

/** A cell that has run. Two may have the same `count`, no two the same `specifier`. */
export interface KeptCell {
  readonly count: number;
  /** Under which later cells import from it. */
  readonly specifier: string;
}

export interface OwnedName {
  readonly name: string;
  readonly kind: NameKind;
  readonly cell: KeptCell;
}

/** What one cell takes from another. */
export interface NamesOfCell {
  readonly cell: KeptCell;
  readonly names: readonly OwnedName[];
}

export class NotebookNames {
  readonly #owned = new Map<string, OwnedName>();
  readonly #lost = new Map<string, number>();
  readonly #augmenting: KeptCell[] = [];

  /** `lost` are the names that the cell failed to reach: whoever else has them keeps them. */
  keep(cell: KeptCell, source: CellSource, lost: ReadonlySet<string>): void {
    for (const { name, kind } of source.declared) {
      if (!lost.has(name)) this.#own({ name, kind, cell });
      else if (!this.#owned.has(name)) this.#lost.set(name, cell.count);
    }
    if (source.augments) this.#augmenting.push(cell);
  }

  find(name: string): OwnedName | undefined {
    return this.#owned.get(name);
  }

  /** The names of other cells that this one declares again, as values both times. */
  redeclaredBy({ declared }: Pick<CellSource, "declared">): OwnedName[] {
    const values = declared.filter(({ kind }) => kind !== "type");
    return values.flatMap(({ name }) => this.#owned.get(name) ?? []).filter(({ kind }) => kind !== "type");
  }

  /** The count of the cell that failed before `name` had a value, if no other has it. */
  lostBy(name: string): number | undefined {
    return this.#lost.get(name);
  }

  /** What a cell that uses these words and declares those names needs of the earlier ones. */
  neededBy({ declared, used }: Pick<CellSource, "declared" | "used">): NamesOfCell[] {
    const own = new Set(declared.map(({ local }) => local));
    return this.#byCell([...used].filter((name) => !own.has(name)));
  }

  /** All names that a cell may use, which declares some itself. */
  allFor({ declared }: Pick<CellSource, "declared">): NamesOfCell[] {
    return this.neededBy({ declared, used: new Set(this.#owned.keys()) });
  }

  #own(owned: OwnedName): void {
    this.#owned.set(owned.name, owned);
    this.#lost.delete(owned.name);
  }

  #byCell(names: readonly string[]): NamesOfCell[] {
    const byCell = new Map<KeptCell, OwnedName[]>(this.#augmenting.map((cell) => [cell, []]));
    for (const owned of names.flatMap((name) => this.#owned.get(name) ?? [])) {
      const group = byCell.get(owned.cell);
      if (group === undefined) byCell.set(owned.cell, [owned]);
      else group.push(owned);
    }
    return [...byCell].map(([cell, group]) => ({ cell, names: group }));
  }
}
