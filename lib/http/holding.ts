import "server-only";

/**
 * What one answer holds while it streams: a place, a timer, a reader of a log. All of it is given back once, by whatever
 * comes first: the end, a failure, a reader who cancels, a client who is gone, also one who was gone before anything was
 * held. What is added after that is given back at once, so that no order of events leaves something behind.
 */
export class Holding {
  private readonly left = new AbortController();
  private readonly gives: (() => void)[] = [];

  /** @param client aborts when the client goes */
  constructor(client: AbortSignal) {
    if (client.aborted) this.left.abort();
    else client.addEventListener("abort", () => this.giveBack(), { once: true });
  }

  /** Aborts when all is given back: what is under way for the answer can stop. */
  get signal(): AbortSignal {
    return this.left.signal;
  }

  get isOver(): boolean {
    return this.left.signal.aborted;
  }

  /** Has `give` called at the end, or now where that has come. */
  add(give: () => void): void {
    if (this.isOver) give();
    else this.gives.push(give);
  }

  /** Ends a generator too, also one that stands at a `yield` and would never be asked again. */
  addReader(reader: AsyncGenerator<unknown>): void {
    this.add(() => {
      reader.return(undefined).catch(() => undefined);
    });
  }

  giveBack(): void {
    if (this.isOver) return;
    this.left.abort();
    for (const give of this.gives.splice(0)) give();
  }
}
