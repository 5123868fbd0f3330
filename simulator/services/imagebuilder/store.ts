import type { IdempotentAnswer } from "../../engine/idempotency";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { ImageBuilderNeighbours } from "../neighbours";
import { parseArn } from "./arns";
import type { ImageBuildRow } from "./image-build-row";
import type { LifecycleExecutionRow } from "./lifecycle-rows";
import { managedComponents, managedWorkflows } from "./managed/catalogue";
import type {
  ComponentRow,
  ContainerRecipeRow,
  DistributionRow,
  ImageRecipeRow,
  InfrastructureRow,
  LifecyclePolicyRow,
  PipelineRow,
  WorkflowRow,
} from "./resource-rows";
import { compareVersions, matchesVersion } from "./versions";

interface Settlement {
  arn: string;
  throughMs: number;
  /** How many there were then; a further one makes more of the build. */
  interventions: number;
  /** The build had ended. */
  done: boolean;
}

/** A line of a pipeline's own log. */
interface PipelineEvent {
  key: string;
  pipelineArn: string;
  at: number;
  message: string;
}

/** Image Builder in one account and Region. Rows are the SDK's own shapes where AWS returns them whole. */
export interface ImageBuilderStore {
  account: string;
  region: string;
  scope: Scope<ImageBuilderNeighbours>;
  components: Table<ComponentRow>;
  workflows: Table<WorkflowRow>;
  imageRecipes: Table<ImageRecipeRow>;
  containerRecipes: Table<ContainerRecipeRow>;
  infrastructures: Table<InfrastructureRow>;
  distributions: Table<DistributionRow>;
  pipelines: Table<PipelineRow>;
  imageBuilds: Table<ImageBuildRow>;
  lifecyclePolicies: Table<LifecyclePolicyRow>;
  lifecycleExecutions: Table<LifecycleExecutionRow>;
  /** How far the effects of builds on other services were carried out, in each build's own milliseconds. */
  settlements: Table<Settlement>;
  pipelineEvents: Table<PipelineEvent>;
  /** Component and workflow texts by content, so that a build outlives the deletion of what it was made from. */
  documents: Table<{ key: string; text: string }>;
  policies: Table<{ arn: string; policy: string }>;
  answers: Table<IdempotentAnswer>;
  managed: { components: readonly ComponentRow[]; workflows: readonly WorkflowRow[] };
}

export function openImageBuilderStore(scope: Scope<ImageBuilderNeighbours>): ImageBuilderStore {
  const byArn = (row: { arn: string }) => row.arn;
  return {
    account: scope.account,
    region: scope.region,
    scope,
    components: scope.table<ComponentRow>("imagebuilder.components", byArn),
    workflows: scope.table<WorkflowRow>("imagebuilder.workflows", byArn),
    imageRecipes: scope.table<ImageRecipeRow>("imagebuilder.image-recipes", byArn),
    containerRecipes: scope.table<ContainerRecipeRow>("imagebuilder.container-recipes", byArn),
    infrastructures: scope.table<InfrastructureRow>("imagebuilder.infrastructures", byArn),
    distributions: scope.table<DistributionRow>("imagebuilder.distributions", byArn),
    pipelines: scope.table<PipelineRow>("imagebuilder.pipelines", byArn),
    imageBuilds: scope.table<ImageBuildRow>("imagebuilder.image-builds", byArn),
    lifecyclePolicies: scope.table<LifecyclePolicyRow>("imagebuilder.lifecycle-policies", byArn),
    lifecycleExecutions: scope.table<LifecycleExecutionRow>(
      "imagebuilder.lifecycle-executions",
      (row) => row.id,
    ),
    settlements: scope.table<Settlement>("imagebuilder.settlements", byArn),
    pipelineEvents: scope.table<PipelineEvent>("imagebuilder.pipeline-events", (row) => row.key),
    documents: scope.table("imagebuilder.documents", (row: { key: string; text: string }) => row.key),
    policies: scope.table("imagebuilder.policies", (row: { arn: string; policy: string }) => row.arn),
    answers: scope.table("imagebuilder.answers", (row: IdempotentAnswer) => row.key),
    managed: { components: managedComponents(scope.region), workflows: managedWorkflows(scope.region) },
  };
}

interface VersionedRow {
  arn: string;
  version: string;
}

/** Newest version first, and of a version the newest build first. */
export function newestFirst(left: VersionedRow, right: VersionedRow): number {
  return (
    compareVersions(right.version, left.version) ||
    (parseArn(right.arn)?.build ?? 0) - (parseArn(left.arn)?.build ?? 0)
  );
}

/**
 * The row that a version, wildcard or build version ARN names: the newest that matches.
 * Undefined when there is none.
 */
export function resolveVersion<Row extends VersionedRow>(rows: Iterable<Row>, arn: string): Row | undefined {
  return matchingVersions(rows, arn)[0];
}

/** All rows that such an ARN names, newest first. */
export function matchingVersions<Row extends VersionedRow>(rows: Iterable<Row>, arn: string): Row[] {
  const wanted = parseArn(arn);
  if (!wanted) return [];
  return [...rows].filter((row) => namesRow(wanted, row)).sort(newestFirst);
}

function namesRow(wanted: NonNullable<ReturnType<typeof parseArn>>, row: VersionedRow): boolean {
  const own = parseArn(row.arn);
  return (
    own !== undefined &&
    own.name === wanted.name &&
    own.account === wanted.account &&
    own.workflowType === wanted.workflowType &&
    matchesVersion(wanted.version ?? "x.x.x", row.version) &&
    (wanted.build === undefined || wanted.build === own.build)
  );
}

/** The workflow an ARN names, own or managed. */
export function findWorkflow(store: ImageBuilderStore, arn: string): WorkflowRow | undefined {
  const managed = parseArn(arn)?.account === "aws";
  return resolveVersion(managed ? store.managed.workflows : store.workflows.values(), arn);
}
