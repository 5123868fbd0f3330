import "server-only";
import type { Clock } from "@/lib/core/clock";
import type { Database } from "@/lib/db/database";
import { refusedDataCode } from "@/lib/db/database-trouble";
import { appendAuditRow } from "./audit-chain";
import type { AuditContent } from "./canonical-content";

const TRY_EVERY_MS = 5_000;

/**
 * Rows of what was done while the database went away: kept in memory and stored, in order, when it is back. A
 * process that ends before that leaves them in its log, where `onLogged` put them. A row that the database refuses in
 * any form stays in the log only: nothing that waits behind it waits for it.
 */
export class PendingRows {
  private readonly rows: AuditContent[] = [];
  private isTrying = false;

  constructor(
    private readonly openDatabase: () => Promise<Pick<Database, "auditOrm">>,
    private readonly clock: Clock,
    private readonly onLogged: (row: AuditContent, why: "waiting" | "refused") => void,
  ) {}

  get count(): number {
    return this.rows.length;
  }

  add(row: AuditContent): void {
    this.onLogged(row, "waiting");
    this.rows.push(row);
    void this.keepTrying();
  }

  /** Stores what waits; resolves with the number of rows that still wait. */
  async flush(): Promise<number> {
    try {
      for (let [row] = this.rows; row; [row] = this.rows) {
        await this.store(row);
        if (this.rows[0] === row) this.rows.shift();
      }
    } catch {
      // The next try tells.
    }
    return this.rows.length;
  }

  private async store(row: AuditContent): Promise<void> {
    const database = await this.openDatabase();
    try {
      await appendAuditRow(database, row);
    } catch (error) {
      if (!refusedDataCode(error)) throw error;
      this.onLogged(row, "refused");
    }
  }

  private async keepTrying(): Promise<void> {
    if (this.isTrying) return;
    this.isTrying = true;
    while (this.rows.length > 0) {
      await this.clock.sleep(TRY_EVERY_MS);
      await this.flush();
    }
    this.isTrying = false;
  }
}
