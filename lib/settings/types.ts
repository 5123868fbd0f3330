import type { Environment } from "@/lib/core/target";

/** An account and Region as administrators see it. */
export type TargetSetting = {
  id: string;
  label: string;
  accountId: string;
  region: string;
  roleArn?: string;
  externalId?: string;
  environment?: Environment;
  /** The queue from which its events arrive at once. */
  eventsQueueUrl?: string;
  /** How many pipelines have metrics of their own in CloudWatch; absent: none are sent. */
  cloudWatchPipelines?: number;
  /** `overruled`: added here, and the environment has one with the same ID, which holds. */
  from: "environment" | "added" | "overruled";
  /** What AWS last said of it; undefined for one that is overruled. */
  account?: { state: "confirmed" | "differs" | "not-known"; reason?: string };
};

/** A setting of the environment: the variable that sets it, and what holds. */
export type SettingSaid = { label: string; value: string; variable: string };

export type Settings = {
  targets: TargetSetting[];
  /** Only an administrator of all accounts may. */
  mayChangeTargets: boolean;
  history: SettingSaid[];
  diagnosis: { rules: { id: string; title: string }[]; mistake?: string; file?: string };
  signIn: SettingSaid[];
};
