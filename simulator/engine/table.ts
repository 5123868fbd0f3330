import type { Change } from "./storage";

/** How a table reports changes. What is planted by a seed is not recorded: it comes back at the next start by itself. */
interface Recorder {
  isPlanting(): boolean;
  record(change: Change): void;
}

/**
 * Rows of one kind, by key, in order of insertion. A row is replaced, never changed in place:
 * what `get` gives is what was stored, and only the table's own methods reach the journal.
 */
export class Table<Row extends object> {
  private readonly rows = new Map<string, Row>();
  /** Keys the journal spoke of: a seed must not undo what a user did. */
  private readonly journaledKeys = new Set<string>();
  private changes = 0;

  constructor(
    readonly name: string,
    private readonly keyOf: (row: Row) => string,
    private readonly recorder: Recorder,
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

  /** Another number after each change: what was worked out from the rows holds while it stays the same. */
  get revision(): number {
    return this.changes;
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
    this.changes++;
    if (this.recorder.isPlanting()) {
      if (!this.journaledKeys.has(key)) this.rows.set(key, row);
      return row;
    }
    this.rows.set(key, row);
    this.recorder.record({ table: this.name, key, row });
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
    this.changes++;
    if (existed && !this.recorder.isPlanting()) this.recorder.record({ table: this.name, key });
    return existed;
  }

  /** Applies what the journal held, before anything is planted. */
  replay(changes: readonly Change[]): void {
    this.changes++;
    for (const { key, row } of changes) {
      this.journaledKeys.add(key);
      if (row === undefined) this.rows.delete(key);
      else this.rows.set(key, row as Row);
    }
  }
}
