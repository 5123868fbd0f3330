import type { AmiBuild } from "@/lib/history/types";
import type { AlarmNow } from "./alarm-states";

/**
 * How an instance refresh proceeds; times are seconds, shares are percent.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 */
export type RollOutPreferences = {
  minHealthyPercentage: number;
  maxHealthyPercentage: number;
  instanceWarmup: number;
  skipMatching: boolean;
  checkpointPercentages: number[];
  checkpointDelay: number;
  bakeTime: number;
  /** Names of CloudWatch alarms. */
  alarms: string[];
  autoRollback: boolean;
  scaleInProtectedInstances: "Refresh" | "Ignore" | "Wait";
  standbyInstances: "Terminate" | "Ignore" | "Wait";
};

/** Whether EC2 starts instances from an AMI now. */
export type AmiState = "available" | "not available" | "gone" | "not known";

export type RollOutInstance = {
  id: string;
  zone: string;
  /** Auto Scaling's word: `InService`, `Standby`, `Pending` and so on. */
  state: string;
  isProtected: boolean;
  /** Number of the launch template's version that it was started with. */
  version?: string;
  amiId?: string;
};

/** A version of the group's launch template. */
export type RollOutVersion = {
  number: number;
  amiId?: string;
  /** Where a parameter names the AMI. */
  parameter?: string;
  ami: AmiState;
  build?: AmiBuild;
  createdAt?: string;
};

/** An AMI that no version of the launch template names yet: a version is created for it. */
export type RollOutAmi = { amiId: string; image: { name: string; version: string; build: string } };

type ActiveRefresh = { refreshId: string; status: string; rollOutId?: string };

/** Everything that a roll-out of one group is decided by, as AWS told of it. */
export type RollOutPreview = {
  region: string;
  group: string;
  desired: number;
  instances: RollOutInstance[];
  owner?: string;
  /** Seconds after which AWS replaces an instance by itself. */
  maxInstanceLifetime?: number;
  /** Absent where the group has no launch template. */
  template?: { id: string; name: string; follows: string; isMixed: boolean; hasOwnOverrides: boolean };
  /** Newest first. */
  versions: RollOutVersion[];
  /** The version that the group follows now. */
  current?: number;
  /** The version that most instances were started with. */
  running?: number;
  newAmi?: RollOutAmi;
  /** What the pipeline's latest successful build suggests: a version, or a new one for `newAmi`. */
  suggested?: RollOutChoice;
  defaults: RollOutPreferences;
  /** Why nothing can be rolled out here. */
  obstacle?: string;
  /** The launch configuration that can be copied to a launch template first. */
  launchConfiguration?: string;
  active?: ActiveRefresh;
  doubts: string[];
  readAt: string;
};

export type RollOutChoice = { version: number } | { amiId: string };

/** What a group starts instances with, as recorded. */
export type RecordedStart = {
  templateId: string;
  templateName: string;
  /** What the group said: a number, `$Default` or `$Latest`. */
  follows: string;
  version: number;
  amiId?: string;
  /** The build's key in one text, such as `web 1.0.0/7`. */
  image?: string;
};

/** AWS's words for where a refresh stands, and ours for what it has not said yet. */
type RollOutStatus = string;

export type RollOutRow = {
  id: string;
  region: string;
  group: string;
  startedAt: string;
  startedBy: string;
  before: RecordedStart;
  after: RecordedStart;
  status: RollOutStatus;
  percentage: number;
  reason?: string;
  endedAt?: string;
};

export type RollOuts = { rows: RollOutRow[]; isCut: boolean; hidden: number; doubts: string[] };

/** Whether a step can be taken now, and why not. */
export type Possible = { can: true } | { can: false; why: string };

export type LiveInstance = RollOutInstance & { side: "new" | "old" };

export type RollOutView = RollOutRow & {
  refreshId?: string;
  preferences: RollOutPreferences;
  /** The alarms that it watches, as CloudWatch has them now. */
  alarms: AlarmNow[];
  /** What the group followed before it was set to a number for this roll-out. */
  pinned?: string;
  instances: LiveInstance[];
  /** Instances still to be replaced, as AWS counts them. */
  left?: number;
  checkpoint?: { percentage: number; since: string; until: string };
  /** When AWS began to roll back, and why. */
  rollBack?: { at?: string; reason?: string };
  steps: { cancel: Possible; rollBack: Possible; carryOn: Possible; turnBack: Possible };
  /** What a roll-back does not cover. */
  limits: string[];
  continues?: string;
  returns?: string;
  followedBy?: { id: string; as: "continues" | "returns" };
  /** The ID of the roll-out of several groups that it is a part of. */
  series?: string;
  doubts: string[];
};
