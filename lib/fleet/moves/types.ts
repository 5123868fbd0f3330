import type { Possible } from "../roll-outs/types";

/** Where an instance goes, and what it starts with there. */
export type MoveDestination = {
  region: string;
  subnetId: string;
  securityGroupIds: string[];
  instanceType: string;
  keyName?: string;
  /** Encrypts the copy in another Region. */
  keyId?: string;
};

/** An instance as far as a move depends on it. */
export type MovedInstance = {
  instanceId: string;
  name?: string;
  /** AWS's word, such as `running`. */
  state: string;
  zone: string;
  vpcId?: string;
  instanceType: string;
  keyName?: string;
  profileArn?: string;
  securityGroups: { id: string; name: string }[];
  /** All of them, those of AWS included. */
  tags: Record<string, string>;
  privateIp?: string;
  publicIp?: string;
  /** IDs of its volumes. */
  volumes: string[];
  interfaces: number;
  rootDeviceType: string;
  tenancy: string;
  placementGroup?: string;
  isSpot: boolean;
  productCodes: string[];
  isMonitored: boolean;
  isEbsOptimized: boolean;
  metadata?: { httpTokens?: string; hopLimit?: number; httpEndpoint?: string; instanceTags?: string };
  /** What starts and ends it, such as an Auto Scaling group. */
  holder?: string;
};

export type MoveSubnet = {
  id: string;
  name?: string;
  zone: string;
  vpcId: string;
  /** Whether its zone offers the instance type; absent where that is not known. */
  offers?: boolean;
};

/** What there is in the Region that an instance goes to; undefined lists were not read. */
export type MovePlaces = {
  subnets?: MoveSubnet[];
  groups?: { id: string; name: string; vpcId: string }[];
  keyPairs?: string[];
  doubts: string[];
};

/** What a move would do, before anything is done. */
export type MovePreview = {
  instance: Pick<MovedInstance, "name" | "zone">;
  places: MovePlaces;
  suggested: MoveDestination;
  carried: { label: string; value: string }[];
  /** What does not carry over, a sentence each. */
  left: string[];
  /** What to know, a sentence each. */
  notes: string[];
  /** Why it cannot be moved this way. */
  obstacles: string[];
};

export type ImageNow = "pending" | "available" | "disabled" | "failed" | "gone" | "not known";
/** `checks`: both status checks of AWS together. */
export type InstanceNow = {
  /** AWS's word, `gone`, or `not known`. */
  state: string;
  checks?: "ok" | "initializing" | "impaired" | "not known";
  /** Why AWS ended it. */
  reason?: string;
};

export type MoveStep = "ami" | "copy" | "launch" | "check" | "stop";
export type MoveStepState = {
  state: "done" | "under way" | "open" | "failed" | "not needed" | "not known";
  possible: Possible;
};

/** A move as it stands: what exists, and what can be done next. */
export type MoveView = {
  id: string;
  region: string;
  instanceId: string;
  startedAt: string;
  startedBy: string;
  destination: MoveDestination;
  reboot: boolean;
  ami?: { amiId: string; state: ImageNow };
  copy?: { amiId: string; state: ImageNow };
  launched?: { instanceId: string } & InstanceNow;
  old: InstanceNow;
  steps: Record<MoveStep, MoveStepState>;
  endedAt?: string;
  endedBy?: string;
  doubts: string[];
};
