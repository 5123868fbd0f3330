import type { Environment } from "@/lib/core/target";

/** A target as the browser may know it: no role, no external id. */
export type TargetSummary = {
  id: string;
  label: string;
  accountId: string;
  region: string;
  environment?: Environment;
};

/** A call to AWS that somebody waits for: for how long, and which try it is, from 1. */
export type UnansweredCallSaid = { service: string; seconds: number; attempt: number };
