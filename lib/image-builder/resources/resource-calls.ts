import "server-only";
import {
  CreateComponentCommand,
  CreateContainerRecipeCommand,
  CreateDistributionConfigurationCommand,
  CreateImagePipelineCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  CreateLifecyclePolicyCommand,
  CreateWorkflowCommand,
  DeleteComponentCommand,
  DeleteContainerRecipeCommand,
  DeleteDistributionConfigurationCommand,
  DeleteImagePipelineCommand,
  DeleteImageRecipeCommand,
  DeleteInfrastructureConfigurationCommand,
  DeleteLifecyclePolicyCommand,
  DeleteWorkflowCommand,
  GetComponentCommand,
  GetContainerRecipeCommand,
  GetDistributionConfigurationCommand,
  GetImagePipelineCommand,
  GetImageRecipeCommand,
  GetInfrastructureConfigurationCommand,
  GetLifecyclePolicyCommand,
  GetWorkflowCommand,
  ListComponentsCommand,
  ListContainerRecipesCommand,
  ListDistributionConfigurationsCommand,
  ListImagePipelinesCommand,
  ListImageRecipesCommand,
  ListInfrastructureConfigurationsCommand,
  ListLifecyclePoliciesCommand,
  ListWorkflowsCommand,
  UpdateDistributionConfigurationCommand,
  UpdateImagePipelineCommand,
  UpdateInfrastructureConfigurationCommand,
  UpdateLifecyclePolicyCommand,
} from "@aws-sdk/client-imagebuilder";
import type { AwsCommand } from "@/lib/aws/types";
import type { ResourceKind, ResourceOwner } from "@/lib/core/resource-names";

type Answer = { $metadata: { requestId?: string } };
type ListRequest = { owner?: ResourceOwner; maxResults: number; nextToken?: string };
/** What the SDK is given of a write; the body that is sent is the console's own, see `WriteOptions.body`. */
type WriteBody = { clientToken: string } & Record<string, unknown>;

/**
 * The calls of one kind, and the members of their JSON. Bodies are sent as JSON of our own, with members that
 * the SDK does not know, so its input type is met in form only.
 */
type KindCalls = {
  list(request: ListRequest): AwsCommand<Answer & { nextToken?: string }>;
  listMember: string;
  get(arn: string): AwsCommand<Answer>;
  getMember: string;
  create(body: WriteBody): AwsCommand<Answer>;
  /** Where CreateX, UpdateX and DeleteX name the resource. */
  arnMember: string;
  update?: (body: WriteBody) => AwsCommand<Answer>;
  remove(arn: string): AwsCommand<Answer>;
};

export const RESOURCE_CALLS: Record<ResourceKind, KindCalls> = {
  component: {
    list: (request) => new ListComponentsCommand(request),
    listMember: "componentVersionList",
    get: (arn) => new GetComponentCommand({ componentBuildVersionArn: arn }),
    getMember: "component",
    create: (body) => new CreateComponentCommand(body as never),
    arnMember: "componentBuildVersionArn",
    remove: (arn) => new DeleteComponentCommand({ componentBuildVersionArn: arn }),
  },
  "image-recipe": {
    list: (request) => new ListImageRecipesCommand(request),
    listMember: "imageRecipeSummaryList",
    get: (arn) => new GetImageRecipeCommand({ imageRecipeArn: arn }),
    getMember: "imageRecipe",
    create: (body) => new CreateImageRecipeCommand(body as never),
    arnMember: "imageRecipeArn",
    remove: (arn) => new DeleteImageRecipeCommand({ imageRecipeArn: arn }),
  },
  "container-recipe": {
    list: (request) => new ListContainerRecipesCommand(request),
    listMember: "containerRecipeSummaryList",
    get: (arn) => new GetContainerRecipeCommand({ containerRecipeArn: arn }),
    getMember: "containerRecipe",
    create: (body) => new CreateContainerRecipeCommand(body as never),
    arnMember: "containerRecipeArn",
    remove: (arn) => new DeleteContainerRecipeCommand({ containerRecipeArn: arn }),
  },
  "infrastructure-configuration": {
    list: ({ owner: _, ...request }) => new ListInfrastructureConfigurationsCommand(request),
    listMember: "infrastructureConfigurationSummaryList",
    get: (arn) => new GetInfrastructureConfigurationCommand({ infrastructureConfigurationArn: arn }),
    getMember: "infrastructureConfiguration",
    create: (body) => new CreateInfrastructureConfigurationCommand(body as never),
    arnMember: "infrastructureConfigurationArn",
    update: (body) => new UpdateInfrastructureConfigurationCommand(body as never),
    remove: (arn) => new DeleteInfrastructureConfigurationCommand({ infrastructureConfigurationArn: arn }),
  },
  "distribution-configuration": {
    list: ({ owner: _, ...request }) => new ListDistributionConfigurationsCommand(request),
    listMember: "distributionConfigurationSummaryList",
    get: (arn) => new GetDistributionConfigurationCommand({ distributionConfigurationArn: arn }),
    getMember: "distributionConfiguration",
    create: (body) => new CreateDistributionConfigurationCommand(body as never),
    arnMember: "distributionConfigurationArn",
    update: (body) => new UpdateDistributionConfigurationCommand(body as never),
    remove: (arn) => new DeleteDistributionConfigurationCommand({ distributionConfigurationArn: arn }),
  },
  workflow: {
    list: (request) => new ListWorkflowsCommand(request),
    listMember: "workflowVersionList",
    get: (arn) => new GetWorkflowCommand({ workflowBuildVersionArn: arn }),
    getMember: "workflow",
    create: (body) => new CreateWorkflowCommand(body as never),
    arnMember: "workflowBuildVersionArn",
    remove: (arn) => new DeleteWorkflowCommand({ workflowBuildVersionArn: arn }),
  },
  "lifecycle-policy": {
    list: ({ owner: _, ...request }) => new ListLifecyclePoliciesCommand(request),
    listMember: "lifecyclePolicySummaryList",
    get: (arn) => new GetLifecyclePolicyCommand({ lifecyclePolicyArn: arn }),
    getMember: "lifecyclePolicy",
    create: (body) => new CreateLifecyclePolicyCommand(body as never),
    arnMember: "lifecyclePolicyArn",
    update: (body) => new UpdateLifecyclePolicyCommand(body as never),
    remove: (arn) => new DeleteLifecyclePolicyCommand({ lifecyclePolicyArn: arn }),
  },
  "image-pipeline": {
    list: ({ owner: _, ...request }) => new ListImagePipelinesCommand(request),
    listMember: "imagePipelineList",
    get: (arn) => new GetImagePipelineCommand({ imagePipelineArn: arn }),
    getMember: "imagePipeline",
    create: (body) => new CreateImagePipelineCommand(body as never),
    arnMember: "imagePipelineArn",
    update: (body) => new UpdateImagePipelineCommand(body as never),
    remove: (arn) => new DeleteImagePipelineCommand({ imagePipelineArn: arn }),
  },
};
