import type { AmiBuild } from "@/lib/history/types";
import type { ImageHolders } from "@/lib/image-builder/image-changes/types";
import type { AmiUser } from "@/lib/image-builder/lifecycle/types";

/** How an AMI came to be, as its facts and tags say. */
export type AmiOrigin =
  /** `isByTag`: a tag says so, and no build in the history made it. */
  | { by: "image build"; build: { name: string; version: string; build: string }; isByTag?: true }
  | { by: "copy"; amiId: string; region?: string }
  | { by: "CreateImage"; instanceId?: string }
  | { by: "AWS Backup"; resource?: string }
  | { by: "not known" };

/** Who may launch an AMI beside its owner. */
export type AmiHolders = ImageHolders & { isPublic: boolean };

/** Which keys the snapshots of an AMI are encrypted with: ARNs, as far as AWS said them. */
export type AmiEncryption =
  | { state: "not encrypted" }
  /** `isPartly`: some of its volumes are not. */
  | { state: "encrypted"; keys: string[]; isPartly?: true }
  | { state: "not known" };

/** What uses an AMI; a recipe's name and version for those. */
export type AmiUse = Omit<AmiUser, "kind"> & { kind: AmiUser["kind"] | "recipe" };

/** An AMI as the list shows it. Instants in ISO 8601; what is absent AWS did not say. */
export type Ami = {
  amiId: string;
  region: string;
  name: string;
  ownerId: string;
  isOwn: boolean;
  /** AWS's word: `available`, `disabled`, `pending` and others. */
  state: string;
  createdAt?: string;
  /** Reported a day late, and since April 2017. */
  lastLaunchedAt?: string;
  deprecatedAt?: string;
  origin: AmiOrigin;
  /** The build in the history that made it. */
  build?: AmiBuild;
  encryption: AmiEncryption;
  /** Absent: not read. */
  holders?: AmiHolders;
  isPublic?: boolean;
  /** Whether it can be deregistered, in AWS's word. */
  protection?: string;
  /** Keys of its watermarks. */
  watermarks: string[];
  /** How many of each kind use it; absent: not read. */
  used?: Partial<Record<AmiUse["kind"], number>>;
};

export type Amis = {
  rows: Ami[];
  /** When AWS was asked, in ISO 8601. */
  readAt: string;
  /** What could not be read, and what no call of AWS shows. */
  doubts: string[];
  notVisible: string[];
};

/** An ancestor of an AMI, from the AMI itself to its root. `build`: where the history knows it. */
export type Ancestor = {
  amiId: string;
  /** Absent where AWS did not say in which Region it is. */
  region?: string;
  name?: string;
  ownerAlias?: string;
  createdAt?: string;
  build?: AmiBuild;
};

/** A key that encrypts snapshots of an AMI. Absent members could not be read. */
export type AmiKey = {
  arn: string;
  manager?: "AWS" | "CUSTOMER" | (string & {});
  state?: string;
  /** Why it could not be read. */
  reason?: string;
};

/** How many resources of another account use an AMI, by AWS's report. */
export type AmiUsageReport = {
  state: "available" | "pending" | (string & {});
  createdAt?: string;
  entries: { accountId: string; resourceType: string; count: number }[];
};

/** Whether a holder can launch the AMI with the keys that encrypt it. */
export type HolderVerdict = {
  /** An account ID or an ARN. */
  holder: string;
  launch: "yes" | "no" | "not known";
  /** Why not, or why that is not known. */
  why?: string;
  /** Whether its Auto Scaling groups can; absent for organizations and units. */
  autoScaling?: "yes" | "no" | "not known";
};

/** A sharing that was kept when an AMI was disabled, and not restored yet. */
export type KeptSharing = AmiHolders & { keptAt: string; keptBy: string };

/** Whether those whom an AMI is to be shared with could launch it, and the keys that decide it. */
export type AmiSharingPreview = { keys: AmiKey[]; verdicts: HolderVerdict[] };

export type AmiDetail = Ami & {
  description?: string;
  /** Facts as AWS says them, such as its architecture; what AWS did not say is left out. */
  facts: { label: string; value: string }[];
  tags: Record<string, string>;
  snapshots: { snapshotId: string; sizeGiB?: number; isEncrypted?: boolean; key?: string; state?: string }[];
  ancestry: { ancestors: Ancestor[] } | { reason: string };
  uses: AmiUse[];
  keys: AmiKey[];
  verdicts: HolderVerdict[];
  usage: { report: AmiUsageReport | undefined } | { reason: string };
  /** Open roll-outs that would go back to it. */
  rollOuts: { id: string; group: string }[];
  kept?: KeptSharing;
  readAt: string;
  /** What could not be read, in sentences. */
  doubts: string[];
};
