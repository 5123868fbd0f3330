/**
 * Members the service has and this SDK release does not: sent and understood by the simulator all the same.
 * The SDK drops them on both sides, so a console reads them from the raw JSON.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImageState.html
 */
const STRING = 0;
const NUMBER = 1;
const BOOLEAN = 2;
const STRINGS = 64;

const structure = (name: string, members: Record<string, unknown>) => [
  3,
  "com.amazonaws.imagebuilder",
  name,
  0,
  Object.keys(members),
  Object.values(members),
];

const regionFailure = structure("RegionFailure", {
  region: STRING,
  targetAccountId: STRING,
  status: STRING,
  imageConfigurationStep: STRING,
  errorMessage: STRING,
});

const failureContext = structure("FailureContext", {
  imageStatus: STRING,
  workflowArn: STRING,
  workflowExecutionId: STRING,
  failedStep: STRING,
  stepExecutionId: STRING,
  componentFailure: structure("ComponentFailure", {
    componentArn: STRING,
    phaseName: STRING,
    stepName: STRING,
    action: STRING,
    errorMessage: STRING,
  }),
  distributionFailure: structure("DistributionFailure", {
    errorMessage: STRING,
    regionFailures: [1, "com.amazonaws.imagebuilder", "RegionFailureList", 0, regionFailure],
  }),
});

const dryRun = { dryRun: BOOLEAN };
const attempts = { attemptNumber: NUMBER, maxAttempts: NUMBER };

const EXTENSIONS: Record<string, Record<string, unknown>> = {
  ImageState: { failureContext },
  CreateImageRecipeRequest: { amiWatermarks: STRINGS, ...dryRun },
  ImageRecipe: { amiWatermarks: STRINGS },
  CreateContainerRecipeRequest: { amiWatermarks: STRINGS, ...dryRun },
  CreateImagePipelineRequest: dryRun,
  CreateInfrastructureConfigurationRequest: dryRun,
  CreateDistributionConfigurationRequest: dryRun,
  CreateLifecyclePolicyRequest: dryRun,
  WorkflowStepMetadata: attempts,
  GetWorkflowStepExecutionResponse: attempts,
};

/** The schemas of the added members of a structure, by member name. */
export function extensionMembers(structureName: string): Record<string, unknown> {
  return EXTENSIONS[structureName] ?? {};
}

export interface AmiWatermarks {
  amiWatermarks?: string[];
}
