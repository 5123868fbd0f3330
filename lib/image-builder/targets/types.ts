/** A target as the browser may know it: no role, no external id. */
export type TargetSummary = { id: string; label: string; accountId: string; region: string };
