import "server-only";
import { Askers } from "@/lib/aws/askers";
import { FairTurns } from "@/lib/aws/fair-turns";
import { ConsoleFailure } from "@/lib/core/failure";
import { processSingleton } from "@/lib/core/process-singleton";

/** Logs that are read and parsed at the same time; the others wait, in fair turns between people. */
const AT_ONCE = 2;
const MOST_WAITING = 16;
/** Of all logs that somebody works with as a whole, in this process. */
const MAX_BYTES = 192 * 1024 * 1024;

/** Says how many bytes are held by now. Throws `too-many-requests` when that is more than there is room for. */
type Hold = (bytes: number) => void;
type Held<Log> = { log: Promise<Log>; bytes: number; users: number; askers: Askers };

/**
 * The room for work on whole logs: so many at a time, so many bytes in all, and one copy for all who work on the same
 * log at the same time.
 */
export class WholeLogs {
  private readonly held = new Map<string, Held<unknown>>();
  private readonly turns = new FairTurns();
  private readonly waiting = new Map<string, number>();
  private running = 0;
  private bytes = 0;

  /** What is held now, for tests and measures. */
  get heldBytes(): number {
    return this.bytes;
  }

  /**
   * Calls `work` with the log of `key`, which `read` reads unless somebody else holds it. A log that still grows is
   * shared while it is read, one that is complete (`isFinal`) for as long as anybody works with it.
   * @throws ConsoleFailure `too-many-requests`, in words for the page
   */
  async use<Log, Value>(
    { key, person, isFinal }: { key: string; person: string; isFinal: boolean },
    read: (hold: Hold) => Promise<Log>,
    work: (log: Log) => Promise<Value> | Value,
  ): Promise<Value> {
    const held = (this.held.get(key) as Held<Log> | undefined) ?? this.begin(key, person, isFinal, read);
    held.users++;
    held.askers.add(person);
    try {
      return await work(await held.log);
    } finally {
      held.users--;
      if (held.users === 0) {
        if (this.held.get(key) === held) this.held.delete(key);
        this.bytes -= held.bytes;
        held.bytes = 0;
      }
    }
  }

  private begin<Log>(
    key: string,
    person: string,
    isFinal: boolean,
    read: (hold: Hold) => Promise<Log>,
  ): Held<Log> {
    const askers = new Askers(person);
    const held: Held<Log> = { log: Promise.reject(), bytes: 0, users: 0, askers };
    held.log.catch(() => undefined);
    held.log = this.inTurn(person, askers, () => read((bytes) => this.hold(held, bytes)));
    this.held.set(key, held);
    const forget = () => {
      if (this.held.get(key) === held) this.held.delete(key);
    };
    held.log.then(() => isFinal || forget(), forget);
    return held;
  }

  private hold(held: Held<unknown>, bytes: number): void {
    if (this.bytes - held.bytes + bytes > MAX_BYTES) {
      const isAlone = this.bytes === held.bytes;
      throw new ConsoleFailure({
        code: "too-many-requests",
        message: isAlone
          ? `This log has more than ${MAX_BYTES / 1024 / 1024} MB, too much to process as a whole. Download it.`
          : "The console is busy with other logs. Try again in a moment.",
      });
    }
    this.bytes += bytes - held.bytes;
    held.bytes = bytes;
  }

  private async inTurn<Value>(person: string, askers: Askers, work: () => Promise<Value>): Promise<Value> {
    if (this.running >= AT_ONCE) {
      const count = this.waiting.get(person) ?? 0;
      if (count >= MOST_WAITING) {
        throw new ConsoleFailure({
          code: "too-many-requests",
          message: `You wait for ${count} logs already. Try again when they have loaded.`,
        });
      }
      this.waiting.set(person, count + 1);
      await new Promise<void>((resolve) => this.turns.add(askers, resolve));
      const left = (this.waiting.get(person) ?? 1) - 1;
      if (left > 0) this.waiting.set(person, left);
      else this.waiting.delete(person);
    } else this.running++;
    try {
      return await work();
    } finally {
      // The place goes from hand to hand.
      if (this.turns.isEmpty) this.running--;
      else this.turns.next();
    }
  }
}

export const wholeLogs = (): WholeLogs => processSingleton("whole-logs", () => new WholeLogs());
