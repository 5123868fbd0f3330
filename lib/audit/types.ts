/** A place where the chain is not what was written. */
export type AuditBreak = {
  /** The row, or the first one that is missing. */
  sequence: number;
  /** The last one that is missing. */
  to?: number;
  /**
   * `changed`: it is not what its hash says. `unlinked`: it does not follow the row before it as that one is now.
   * `missing`: it was taken out. `put-in`: a number that no row gets. `not-as-noted`: it has another hash than was
   * noted down.
   */
  what: "changed" | "unlinked" | "missing" | "put-in" | "not-as-noted";
  /** Of what is there now: who accepts a break accepts just this. */
  fingerprint: string;
};

export type ChainCheck = {
  /** Rows that were read. */
  rows: number;
  /** Hash of the last row. Rows cut off at the end show only to whoever noted an earlier head down. */
  head: string;
  /** Sequence of the first break that nobody has accepted; absent for a chain that is whole. */
  brokenAt?: number;
  /** All of them, in order; absent for a chain that is whole. */
  breaks?: AuditBreak[];
  /** From this row to the last one nothing is broken; absent for a chain that is whole, or broken at its end. */
  wholeFrom?: number;
  /** How many breaks were accepted by a row further on. */
  accepted?: number;
};

/** A head noted down at an earlier check: the row of that number must still have that hash. */
export type NotedHead = { sequence: number; hash: string };
