import "server-only";

/** The people who wait for the same call or the same answer. More may come while it waits. */
export class Askers {
  private readonly ids = new Set<string>();
  private readonly listeners = new Set<(id: string) => void>();

  constructor(...ids: string[]) {
    for (const id of ids) this.ids.add(id);
  }

  add(id: string): void {
    if (this.ids.has(id)) return;
    this.ids.add(id);
    for (const listener of this.listeners) listener(id);
  }

  /** Everybody who waits for `others` waits for this too, also who comes later. */
  join(others: Askers): void {
    if (others !== this) others.each((id) => this.add(id));
  }

  /** Calls `listener` for each now, and for each who comes until it is taken off with what this returns. */
  each(listener: (id: string) => void): () => void {
    for (const id of this.ids) listener(id);
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get all(): ReadonlySet<string> {
    return this.ids;
  }
}
