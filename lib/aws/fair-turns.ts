import "server-only";
import type { Askers } from "./askers";

type Turn = { come: () => void; isOver: boolean; forget: () => void };

/**
 * A waiting line in which each person has one of their own and all come round in turn: who asks for a thousand things
 * waits for their own, and keeps nobody else waiting longer than one call each.
 */
export class FairTurns {
  /** The next person first. */
  private readonly lines = new Map<string, Turn[]>();
  private waiting = 0;

  get isEmpty(): boolean {
    return this.waiting === 0;
  }

  /** How many calls would go before one that is asked for now. */
  ahead(askers: Askers): number {
    return Math.min(...[...askers.all].map((id) => this.aheadOf(id)));
  }

  /** Calls `come` when it is the turn of one of the askers. */
  add(askers: Askers, come: () => void): void {
    const turn: Turn = { come, isOver: false, forget: () => undefined };
    this.waiting++;
    turn.forget = askers.each((id) => {
      const line = this.lines.get(id);
      if (line) line.push(turn);
      else this.lines.set(id, [turn]);
    });
  }

  /** Lets the next one go. */
  next(): void {
    for (const [id, line] of this.lines) {
      const turn = line.find(({ isOver }) => !isOver);
      const left = line.filter((each) => !each.isOver && each !== turn);
      // Taken out and put in again: the others come first.
      this.lines.delete(id);
      if (left.length > 0) this.lines.set(id, left);
      if (!turn) continue;
      turn.isOver = true;
      turn.forget();
      this.waiting--;
      turn.come();
      return;
    }
  }

  private aheadOf(person: string): number {
    const own = this.lines.get(person)?.length ?? 0;
    let ahead = own;
    for (const [id, line] of this.lines) if (id !== person) ahead += Math.min(line.length, own + 1);
    return ahead;
  }
}
