/**
 * The rules of resources, each with what is valid and what is not, through the schema of the form and the simulator:
 * the two must agree. What is written here changes the smallest request of its kind. `beyondForm` says where the
 * console says it when the request alone does not show it.
 */
export interface ResourceRow {
  kind: keyof typeof SMALLEST;
  valid: object[];
  invalid?: object[];
  beyondForm?: string;
  /** The exception that the guide names. */
  code?: string;
}

export const ACCOUNT = "222222222222";
const IMAGE_BUILDER = "arn:aws:imagebuilder:us-east-1";
export const own = (resource: string) => `${IMAGE_BUILDER}:${ACCOUNT}:${resource}`;
export const amazons = (resource: string) => `${IMAGE_BUILDER}:aws:${resource}`;
export const times = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => make(index));

const LINUX = amazons("image/amazon-linux-2023-x86/x.x.x");
export const EXECUTION_ROLE = `arn:aws:iam::${ACCOUNT}:role/ImageBuilderExecution`;

/** The least that AWS takes of each kind, without its name. */
export const SMALLEST = {
  "image-recipe": { semanticVersion: "1.0.0", parentImage: LINUX },
  "container-recipe": {
    containerType: "DOCKER",
    semanticVersion: "1.0.0",
    parentImage: "public.ecr.aws/amazonlinux/amazonlinux:2023",
    dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n",
    targetRepository: { service: "ECR", repositoryName: "web" },
  },
  "image-pipeline": {
    imageRecipeArn: own("image-recipe/base/1.0.0"),
    infrastructureConfigurationArn: own("infrastructure-configuration/base"),
  },
  "infrastructure-configuration": { instanceProfileName: "EC2InstanceProfileForImageBuilder" },
  "distribution-configuration": {
    distributions: [
      { region: "us-east-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } },
    ],
  },
  "lifecycle-policy": {
    executionRole: EXECUTION_ROLE,
    resourceType: "AMI_IMAGE",
    policyDetails: [
      { action: { type: "DELETE", includeResources: { amis: true } }, filter: { type: "COUNT", value: 5 } },
    ],
    resourceSelection: { recipes: [{ name: "base", semanticVersion: "1.0.0" }] },
  },
  component: {
    semanticVersion: "1.0.0",
    platform: "Linux",
    data: "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Update\n        action: UpdateOS\n",
  },
  workflow: {
    semanticVersion: "1.0.0",
    type: "TEST",
    data: "schemaVersion: 1.0\nsteps:\n  - name: Wait\n    action: WaitForAction\n",
  },
  import: {
    from: "iso",
    semanticVersion: "1.0.0",
    osVersion: "Microsoft Windows 11",
    uri: "s3://media/w11.ISO",
    infrastructureConfigurationArn: own("infrastructure-configuration/base"),
  },
} as const;
