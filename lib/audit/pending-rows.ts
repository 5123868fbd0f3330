import "server-only";
import type { Clock } from "@/lib/core/clock";
import type { Database } from "@/lib/db/database";
import { type AuditContent, appendAuditRow } from "./audit-chain";

const TRY_EVERY_MS = 5_000;
/** A day; the rows are in the log in any case. */
const TRIES = 17_280;

/**
 * Rows of what was done while the database went away: kept in memory and stored, in order, when it is back. A
 * process that ends before that leaves them in its log, where `onWaiting` put them.
 */
export class PendingRows {
  private readonly rows: AuditContent[] = [];
  private isTrying = false;

  constructor(
    private readonly openDatabase: () => Promise<Pick<Database, "orm">>,
    private readonly clock: Clock,
    private readonly onWaiting: (row: AuditContent) => void,
  ) {}

  get count(): number {
    return this.rows.length;
  }

  add(row: AuditContent): void {
    this.onWaiting(row);
    this.rows.push(row);
    void this.keepTrying();
  }

  /** Stores what waits; resolves with the number of rows that still wait. */
  async flush(): Promise<number> {
    try {
      for (let [row] = this.rows; row; [row] = this.rows) {
        await appendAuditRow(await this.openDatabase(), row);
        if (this.rows[0] === row) this.rows.shift();
      }
    } catch {
      // The next try tells.
    }
    return this.rows.length;
  }

  private async keepTrying(): Promise<void> {
    if (this.isTrying) return;
    this.isTrying = true;
    for (let tries = 0; tries < TRIES && this.rows.length > 0; tries++) {
      await this.clock.sleep(TRY_EVERY_MS);
      await this.flush();
    }
    this.isTrying = false;
  }
}
