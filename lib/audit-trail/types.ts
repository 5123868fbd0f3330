import type { AuditBreak, ChainCheck } from "@/lib/audit/types";

/** One write or refusal, as the audit page shows it. */
export type AuditTrailRow = {
  sequence: number;
  /** ISO 8601, UTC. */
  at: string;
  actorId: string;
  actorName: string;
  /** Address of the browser; absent for the console's own work. */
  origin?: string;
  targetId?: string;
  accountId?: string;
  region?: string;
  action: string;
  resource?: string;
  result: AuditResult;
  reason?: string;
  input?: unknown;
  before?: unknown;
  after?: unknown;
  awsRequestId?: string;
  /** How the hash is worked out; see `hashOf` of lib/audit/audit-chain.ts. */
  form: number;
  /** SHA-256 over the row and the hash before it. */
  hash: string;
  previousHash: string;
};

export const AUDIT_RESULTS = ["succeeded", "failed", "refused"] as const;
export type AuditResult = (typeof AUDIT_RESULTS)[number];

/** As it stands in the URL: every member is text, an empty one is no filter. */
export type AuditFilter = {
  /** Part of the person's id or name. */
  who?: string;
  action?: string;
  result?: string;
  /** Part of a name or ARN. */
  resource?: string;
  /** First and last day, `2026-11-21`, in UTC. */
  from?: string;
  to?: string;
  /** `console`: also other targets and what belongs to none, for an admin of all targets. */
  scope?: string;
};

export const AUDIT_FILTERS = ["who", "action", "result", "resource", "from", "to", "scope"] as const;

export type AuditPage = {
  rows: AuditTrailRow[];
  /** Give it as `before` for the page of older rows; absent on the last one. */
  older?: number;
  /** Every action there is, to choose from. */
  actions: string[];
  /** Whether this reader may widen the scope to the whole console. */
  mayReadConsole: boolean;
};

/** What the check of the chain found, without what only the shell can act on. */
export type AuditChainCheck = Omit<ChainCheck, "breaks"> & {
  /** The first of them, in order. */
  breaks?: Pick<AuditBreak, "sequence" | "to" | "what">[];
  /** How many there are in all. */
  breakCount?: number;
};

/** A break in words, without a full stop. */
export function describeBreak({ sequence, to, what }: Pick<AuditBreak, "sequence" | "to" | "what">): string {
  switch (what) {
    case "changed":
      return `Row ${sequence} was changed after it was recorded`;
    case "unlinked":
      return `Row ${sequence} does not follow row ${sequence - 1}: one of the two was replaced`;
    case "missing":
      return to === undefined ? `Row ${sequence} was removed` : `Rows ${sequence} to ${to} were removed`;
    case "put-in":
      return `Row ${sequence} was inserted: that number is never assigned`;
    case "not-as-noted":
      return `Row ${sequence} doesn't match the hash that you noted`;
  }
}
