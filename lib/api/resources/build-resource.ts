import { z } from "zod";
import { urls } from "@/lib/core/urls";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import type { ImageBuild, ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { named } from "../operation";
import { type Place, targetPath } from "../place";

const instant = z.iso.datetime().describe("ISO 8601, in UTC.");

/** How a build stands, in the words of the console. `status` has AWS's own. */
const resultSchema = named("BuildResult", z.enum(["running", "succeeded", "failed", "canceled"]));

const keyFields = {
  image: imageBuildKeySchema.shape.name.describe("The image's name as in its ARN."),
  version: imageBuildKeySchema.shape.version,
  build: imageBuildKeySchema.shape.build.describe("The build's number within its version."),
};

export const buildPathSchema = targetPath.extend(keyFields);

export const buildReferenceSchema = named(
  "BuildReference",
  z.object({
    ...keyFields,
    url: z.string().describe("The build's page in the console."),
  }),
);

const amiSchema = named(
  "Ami",
  z.object({
    amiId: z.string(),
    region: z.string(),
    accountId: z.string().optional(),
    name: z.string().optional(),
  }),
);

const buildFields = {
  ...keyFields,
  arn: z.string(),
  name: z.string().describe("The image's name as it was written."),
  status: z.string().describe("AWS's status of the image, such as BUILDING or AVAILABLE; AWS may add more."),
  result: resultSchema,
  reason: z.string().optional().describe("Why AWS says it failed."),
  pipeline: z.string().optional(),
  type: z.string().describe("AMI or DOCKER."),
  platform: z.string().optional(),
  createdAt: instant,
  amis: z.array(amiSchema).describe("One for each Region and account, once the build has succeeded."),
  containers: z.array(z.object({ region: z.string(), imageUris: z.array(z.string()) })),
  url: z.string().describe("The build's page in the console."),
};

export const buildSummarySchema = named("BuildSummary", z.object(buildFields));

const stageSchema = named(
  "BuildStage",
  z.object({
    name: z.enum(["Create", "Build", "Test", "Distribute", "Integrate"]),
    state: z.enum(["waiting", "running", "succeeded", "failed", "canceled", "skipped"]),
    startedAt: instant.optional(),
    endedAt: instant.optional(),
  }),
);

const stepSchema = named(
  "WorkflowStep",
  z.object({
    id: z.string().describe("The step execution's ID; what waits for an approval is answered by it."),
    name: z.string(),
    action: z.string(),
    workflow: z.string().describe("BUILD, TEST or DISTRIBUTION."),
    status: z.string().describe("AWS's status of the step execution."),
    message: z.string().optional(),
    startedAt: instant.optional(),
    endedAt: instant.optional(),
  }),
);

export const buildSchema = named(
  "Build",
  z.object({
    ...buildFields,
    endedAt: instant.optional(),
    durationSeconds: z.int().optional(),
    recipe: z.object({ kind: z.string(), name: z.string(), version: z.string() }).optional(),
    baseImage: z.string().optional(),
    stages: z.array(stageSchema),
    steps: z.array(stepSchema),
    notKnown: z.array(z.string()).describe("What could not be read, and why."),
  }),
);

type Summary = z.output<typeof buildSummarySchema>;

/** A build's key as the API writes it, with its page. */
export const toBuildReference = (
  { name, version, build }: Pick<ImageBuildSummary, "name" | "version" | "build">,
  { target, consoleUrl }: Place,
): z.output<typeof buildReferenceSchema> => ({
  image: name,
  version,
  build,
  url: `${consoleUrl}${urls.imageBuild(target, { name, version, build })}`,
});

export const toApiBuildSummary = (build: ImageBuildSummary, place: Place): Summary => ({
  ...toBuildReference(build, place),
  arn: build.arn,
  name: build.displayName,
  status: build.status,
  result: resultOf(build.status),
  reason: build.reason,
  pipeline: build.pipelineName,
  type: build.type,
  platform: build.platform,
  createdAt: build.createdAt,
  amis: build.amis.map(({ amiId, region, accountId, name }) => ({ amiId, region, accountId, name })),
  containers: build.containers.map(({ region, imageUris }) => ({ region, imageUris })),
});

export const toApiBuild = (build: ImageBuild, place: Place): z.output<typeof buildSchema> => ({
  ...toApiBuildSummary(build, place),
  endedAt: build.endedAt,
  durationSeconds: build.durationMs === undefined ? undefined : Math.round(build.durationMs / 1000),
  recipe: build.recipe && {
    kind: build.recipe.kind,
    name: build.recipe.name,
    version: build.recipe.version,
  },
  baseImage: build.parentImage,
  stages: build.stages.map(({ name, state, startedAt, endedAt }) => ({
    name,
    state: state === "cancelled" ? "canceled" : state,
    startedAt,
    endedAt,
  })),
  steps: build.workflows
    .filter(({ retried }) => !retried)
    .flatMap(({ type, steps }) =>
      steps.map(({ id, name, action, status, message, startedAt, endedAt }) => ({
        ...{ id, name, action, workflow: type, status, message, startedAt, endedAt },
      })),
    ),
  notKnown: build.hidden.map(({ part, reason }) => `${part}: ${reason}`),
});

/** What became of a build by AWS's status: an image that was deprecated, disabled or deleted had succeeded. */
export function resultOf(status: string): Summary["result"] {
  if (isInFlight(status)) return "running";
  if (status === "FAILED") return "failed";
  return status === "CANCELLED" ? "canceled" : "succeeded";
}
