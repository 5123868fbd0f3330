import type { ResourceKind } from "@/lib/core/resource-names";
import type { ResourceReference } from "@/lib/definitions/types";
import type { OutputAmi } from "@/lib/image-builder/image-builds/types";

export type CleanUpKind =
  | "roll-out"
  | "launch-template"
  | "parameter"
  | "ami"
  | "snapshot"
  | "image"
  | ResourceKind;

/** A build of the pipeline: its record in Image Builder. */
export type MadeImage = {
  arn: string;
  name: string;
  version: string;
  build: string;
  isUnderWay: boolean;
  amis: OutputAmi[];
  /** URIs of container images. */
  containers: string[];
  /** Why it could not be read. */
  unread?: string;
};
/** `image`: the name of the image that it belongs to, which grants are held against. */
type MadeIn = { region: string; accountId: string; image: string };

/** What a pipeline made, and what it is made of; kept when a clean-up begins, since the pipeline goes with it. */
export type Made = {
  images: MadeImage[];
  amis: (MadeIn & { amiId: string })[];
  snapshots: (MadeIn & { snapshotId: string; amiId: string })[];
  templates: (MadeIn & { templateId: string })[];
  parameters: (MadeIn & { parameter: string })[];
  /** The pipeline and what of the account it names, each with its exact version. */
  resources: (ResourceReference & { kind: ResourceKind })[];
};

/** Who keeps a thing from being removed: another thing of the plan, by its `id`, or somebody else. */
export type Use = { id?: string; text: string };

/** One thing that a clean-up is about, with everything that is known to speak against removing it. */
export type Thing = {
  /** The kind, the Region where there are several, and AWS's name or ARN. */
  id: string;
  kind: CleanUpKind;
  /** As people know it. */
  name: string;
  region?: string;
  /** What happens to it, in a sentence or two. */
  what: string;
  /** Where the console shows it: the address of an AMI, a roll-out's ID, a resource or a build by its ARN. */
  at?: { amiId: string } | { rollOut: string } | { arn: string };
  usedBy: Use[];
  /** Reasons of its own to stay, in sentences. */
  stays: string[];
  /** What could not be asked, in sentences: it stays as well. */
  notKnown: string[];
};

export type PlannedThing = Pick<Thing, "id" | "kind" | "name" | "region" | "what" | "at">;
/** `isNotKnown`: nothing is known to use it, but not everything could be asked. */
export type StayingThing = PlannedThing & { why: string[]; isNotKnown: boolean };

/** Which of some chosen versions go, in this order, and which stay. */
export type BulkDeletionPlan = { goes: PlannedThing[]; stays: StayingThing[] };

export type CleanUpPlan = {
  pipeline: string;
  /** The pipeline itself was deleted by a clean-up before. */
  isGone: boolean;
  /** In the order in which it is removed. */
  goes: PlannedThing[];
  stays: StayingThing[];
  /** Who began a clean-up of this pipeline, and when, in ISO 8601. */
  begun?: { at: string; by: string };
  /** What a clean-up leaves alone, and what could not be read, in sentences. */
  notes: string[];
  readAt: string;
};
