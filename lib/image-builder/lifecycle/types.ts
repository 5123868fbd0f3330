import type { OutputAmi, OutputContainer } from "@/lib/image-builder/image-builds/types";

export type LifecycleAction = "DEPRECATE" | "DISABLE" | "DELETE";

/** What in the account still names an AMI. */
export type AmiUser = {
  kind: "launch-template" | "launch-configuration" | "instance" | "auto-scaling-group" | "parameter";
  /** As a person knows it: a name, or an instance's ID. */
  name: string;
  region: string;
  amiId: string;
  /** Such as "default version 4" or "running". */
  detail?: string;
};

/** An AMI as far as the exclusions of a policy ask about it; what could not be read is absent. */
export type LifecycleAmi = OutputAmi & {
  isPublic?: boolean;
  sharedAccounts?: string[];
  tags?: Record<string, string>;
  /** ISO 8601. */
  lastLaunchedAt?: string;
};

/** One build of an image, as a lifecycle policy looks at it. */
export type LifecycleImage = {
  arn: string;
  /** Of the recipe that it was built from, as in ARNs. */
  name: string;
  version: string;
  build: string;
  type: "AMI" | "DOCKER" | (string & {});
  status: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601, when the build completed: its age counts from there. Read only where it can decide. */
  completedAt?: string;
  tags: Record<string, string>;
  amis: LifecycleAmi[];
  containers: OutputContainer[];
};

/** What the next run of a policy would do to an image, and why. */
export type LifecycleVerdict = {
  outcome: LifecycleAction | "STAY";
  reason: string;
  /** AMIs of an image that is acted on which an exclusion leaves as they are, each with its exclusion. */
  spared?: { amiId: string; reason: string }[];
};

export type PreviewedImage = LifecycleVerdict &
  Pick<LifecycleImage, "arn" | "name" | "version" | "build" | "status" | "createdAt" | "amis"> & {
    /** Who would miss it; only asked for images that would go. */
    users: AmiUser[];
  };

export type LifecyclePreview = {
  /** Images in the policy's scope: those that would go first, newest first. */
  images: PreviewedImage[];
  /** What could not be read, so that more or less may happen than is shown. */
  doubts: string[];
};
