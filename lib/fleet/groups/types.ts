import type { AmiBuild } from "@/lib/history/types";

/** What holds the instances together, in AWS's nouns. */
export type FleetKind =
  | "Auto Scaling group"
  | "EKS node group"
  | "ECS capacity provider"
  | "Elastic Beanstalk environment"
  | "Karpenter node pool"
  | "EC2 Fleet"
  | "Single instance";

/** One AMI that would start now; without an id, why that is not known. */
export type FleetStart = { amiId: string } | { unknown: string };

export type FleetInstance = {
  id: string;
  /** Absent where AWS did not say it. */
  amiId?: string;
  amiName?: string;
  isDeregistered?: boolean;
};

/** Something that runs or would start instances, as AWS told of it. */
export type FleetMember = {
  kind: FleetKind;
  name: string;
  region: string;
  /** Which version of which launch template, or what else names the AMI. */
  follows: string;
  starts: FleetStart[];
  instances: FleetInstance[];
  /** Which code owns it, by its tags. */
  owner?: string;
  /** Of a single instance. */
  instanceId?: string;
};

/** Where the build of an AMI stands among the good builds of its pipeline, by AMI ID. */
export type Lineage = ReadonlyMap<string, AmiBuild>;

export type Behind =
  | { state: "current" }
  /** `builds`: good builds since; `days`: between the two images. */
  | { state: "behind"; builds: number; days: number }
  | { state: "unknown"; reason: string };

export type Mixed =
  | { state: "same" }
  | { state: "mixed"; differing: number }
  | { state: "unknown"; reason: string };

/** Instances of one member that run the same AMI. */
export type RunningShare = {
  amiId?: string;
  amiName?: string;
  count: number;
  build?: AmiBuild;
  look: "newest" | "older" | "deregistered" | "unknown";
};

export type FleetRow = Omit<FleetMember, "instances" | "starts"> & {
  size: number;
  starts: { amiId: string; build?: AmiBuild }[];
  behind: Behind;
  mixed: Mixed;
  running: RunningShare[];
  /** Findings that the newest image no longer has, where both were scanned. */
  fewer?: { critical: number; high: number };
};

export type Fleet = {
  rows: FleetRow[];
  /** When AWS was asked, in ISO 8601. */
  readAt: string;
  /** What could not be read, and what no call of AWS shows. */
  doubts: string[];
  notVisible: string[];
};
