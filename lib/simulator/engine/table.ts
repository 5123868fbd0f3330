import type { Change } from "./storage";

/**
 * Rows of one kind, by key, in order of insertion. A row is replaced, never changed in place:
 * what `get` gives is what was stored, and only the table's own methods reach the journal.
 */
export class Table<Row extends object> {
  private readonly rows = new Map<string, Row>();

  constructor(
    readonly name: string,
    private readonly keyOf: (row: Row) => string,
    private readonly record: (change: Change) => void,
  ) {}

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }

  has(key: string): boolean {
    return this.rows.has(key);
  }

  get size(): number {
    return this.rows.size;
  }

  values(): IterableIterator<Row> {
    return this.rows.values();
  }

  list(keep: (row: Row) => boolean = () => true): Row[] {
    return [...this.rows.values()].filter(keep);
  }

  find(keep: (row: Row) => boolean): Row | undefined {
    for (const row of this.rows.values()) if (keep(row)) return row;
    return undefined;
  }

  /** Stores a row, replacing the one of the same key, and gives it back. */
  put(row: Row): Row {
    const key = this.keyOf(row);
    this.rows.set(key, row);
    this.record({ table: this.name, key, row });
    return row;
  }

  /** Puts the row with `change` laid over it; undefined when there is none. */
  update(key: string, change: Partial<Row>): Row | undefined {
    const row = this.rows.get(key);
    return row && this.put({ ...row, ...change });
  }

  /** Says whether there was such a row. */
  delete(key: string): boolean {
    const existed = this.rows.delete(key);
    if (existed) this.record({ table: this.name, key });
    return existed;
  }

  /** Applies a change read from the journal, without recording it again. */
  replay({ key, row }: Change): void {
    if (row === undefined) this.rows.delete(key);
    else this.rows.set(key, row as Row);
  }
}
