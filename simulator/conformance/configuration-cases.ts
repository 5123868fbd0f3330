import { expect } from "vitest";
import { refusal } from "../services/imagebuilder/factory-fixture";
import { missingArn, notThere, type OperationCases } from "./operation-case";
import { INSTANCE_PROFILE } from "./stocked-account";

const NO_INFRASTRUCTURE = missingArn("infrastructure-configuration/none");
const NO_DISTRIBUTION = missingArn("distribution-configuration/none");
const NO_PIPELINE = missingArn("image-pipeline/none");
const dashed = (name = "") => name.toLowerCase().replaceAll(" ", "-");
const TWO_KINDS = [
  {
    region: "us-east-1",
    amiDistributionConfiguration: {},
    containerDistributionConfiguration: {
      targetRepository: { service: "ECR" as const, repositoryName: "conformance" },
    },
  },
];

/** Infrastructure and distribution configurations, pipelines and tags. */
export const configurationCases = {
  CreateInfrastructureConfiguration: {
    request: ({ fresh }) => ({ name: fresh("infrastructure"), instanceProfileName: INSTANCE_PROFILE }),
    answer: ({ name }) => ({
      infrastructureConfigurationArn: missingArn(`infrastructure-configuration/${dashed(name)}`),
    }),
    change: { description: "another" },
    refusals: [
      {
        code: "ResourceAlreadyExistsException",
        when: "a name that is taken",
        request: async ({ infrastructure, fresh }) => {
          const name = fresh("infrastructure");
          await infrastructure({ name });
          return { name, instanceProfileName: INSTANCE_PROFILE };
        },
      },
    ],
  },
  GetInfrastructureConfiguration: {
    request: async ({ infrastructure }) => ({ infrastructureConfigurationArn: await infrastructure() }),
    answer: ({ infrastructureConfigurationArn }) => ({
      infrastructureConfiguration: {
        arn: infrastructureConfigurationArn,
        instanceProfileName: INSTANCE_PROFILE,
        terminateInstanceOnFailure: true,
      },
    }),
    refusals: [notThere({ infrastructureConfigurationArn: NO_INFRASTRUCTURE })],
  },
  UpdateInfrastructureConfiguration: {
    request: async ({ infrastructure }) => ({
      infrastructureConfigurationArn: await infrastructure({ description: "first" }),
      instanceProfileName: INSTANCE_PROFILE,
    }),
    answer: ({ infrastructureConfigurationArn }) => ({ infrastructureConfigurationArn }),
    effect: async ({ client }, { infrastructureConfigurationArn }) => {
      const { infrastructureConfiguration } = await client.getInfrastructureConfiguration({
        infrastructureConfigurationArn,
      });
      expect(infrastructureConfiguration?.description).toBeUndefined();
    },
    change: { description: "another" },
    refusals: [
      notThere({ infrastructureConfigurationArn: NO_INFRASTRUCTURE, instanceProfileName: INSTANCE_PROFILE }),
    ],
  },
  DeleteInfrastructureConfiguration: {
    request: async ({ infrastructure }) => ({ infrastructureConfigurationArn: await infrastructure() }),
    answer: ({ infrastructureConfigurationArn }) => ({ infrastructureConfigurationArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getInfrastructureConfiguration(input))).toContain(
        "ResourceNotFoundException",
      );
    },
    refusals: [
      notThere({ infrastructureConfigurationArn: NO_INFRASTRUCTURE }),
      {
        code: "ResourceDependencyException",
        when: "the infrastructure of a pipeline",
        request: async ({ infrastructure, pipeline }) => {
          const infrastructureConfigurationArn = await infrastructure();
          await pipeline({ infrastructureConfigurationArn });
          return { infrastructureConfigurationArn };
        },
      },
    ],
  },
  ListInfrastructureConfigurations: {
    request: async ({ infrastructure, fresh }) => {
      const name = fresh("infrastructure");
      await infrastructure({ name });
      return { filters: [{ name: "name", values: [name] }] };
    },
    answer: ({ filters }) => ({
      infrastructureConfigurationSummaryList: [{ name: filters?.[0]?.values?.[0] }],
    }),
  },
  CreateDistributionConfiguration: {
    request: ({ fresh }) => ({
      name: fresh("distribution"),
      distributions: [
        { region: "us-east-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } },
      ],
    }),
    answer: ({ name }) => ({
      distributionConfigurationArn: missingArn(`distribution-configuration/${dashed(name)}`),
    }),
    change: { description: "another" },
    refusals: [
      {
        code: "ResourceAlreadyExistsException",
        when: "a name that is taken",
        request: async ({ client, fresh }) => {
          const input = {
            name: fresh("distribution"),
            distributions: [
              {
                region: "us-east-1",
                amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" },
              },
            ],
          };
          await client.createDistributionConfiguration(input);
          return input;
        },
      },
      {
        code: "InvalidParameterCombinationException",
        when: "AMIs and containers in one Region",
        request: ({ fresh }) => ({ name: fresh("distribution"), distributions: TWO_KINDS }),
      },
    ],
  },
  GetDistributionConfiguration: {
    request: async ({ distribution }) => ({ distributionConfigurationArn: await distribution() }),
    answer: ({ distributionConfigurationArn }) => ({
      distributionConfiguration: {
        arn: distributionConfigurationArn,
        distributions: [{ region: "us-east-1", amiDistributionConfiguration: {} }],
      },
    }),
    refusals: [notThere({ distributionConfigurationArn: NO_DISTRIBUTION })],
  },
  UpdateDistributionConfiguration: {
    request: async ({ distribution }) => ({
      distributionConfigurationArn: await distribution(),
      distributions: [
        { region: "eu-west-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } },
      ],
    }),
    answer: ({ distributionConfigurationArn }) => ({ distributionConfigurationArn }),
    effect: async ({ client }, { distributionConfigurationArn }) => {
      const { distributionConfiguration } = await client.getDistributionConfiguration({
        distributionConfigurationArn,
      });
      expect(distributionConfiguration?.distributions).toMatchObject([{ region: "eu-west-1" }]);
    },
    change: { description: "another" },
    refusals: [
      notThere({
        distributionConfigurationArn: NO_DISTRIBUTION,
        distributions: [
          { region: "us-east-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } },
        ],
      }),
      {
        code: "InvalidParameterCombinationException",
        when: "AMIs and containers in one Region",
        request: async ({ distribution }) => ({
          distributionConfigurationArn: await distribution(),
          distributions: TWO_KINDS,
        }),
      },
    ],
  },
  DeleteDistributionConfiguration: {
    request: async ({ distribution }) => ({ distributionConfigurationArn: await distribution() }),
    answer: ({ distributionConfigurationArn }) => ({ distributionConfigurationArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getDistributionConfiguration(input))).toContain(
        "ResourceNotFoundException",
      );
    },
    refusals: [
      notThere({ distributionConfigurationArn: NO_DISTRIBUTION }),
      {
        code: "ResourceDependencyException",
        when: "the distribution of a pipeline",
        request: async ({ distribution, pipeline }) => {
          const distributionConfigurationArn = await distribution();
          await pipeline({ distributionConfigurationArn });
          return { distributionConfigurationArn };
        },
      },
    ],
  },
  ListDistributionConfigurations: {
    request: async ({ distribution }) => {
      await distribution();
      return {};
    },
    answer: () => ({
      distributionConfigurationSummaryList: expect.arrayContaining([
        expect.objectContaining({ regions: ["us-east-1"] }),
      ]),
    }),
  },
  CreateImagePipeline: {
    request: async ({ fresh, recipe, infrastructure }) => ({
      name: fresh("pipeline"),
      imageRecipeArn: await recipe(),
      infrastructureConfigurationArn: await infrastructure(),
    }),
    answer: ({ name }) => ({ imagePipelineArn: missingArn(`image-pipeline/${dashed(name)}`) }),
    change: { description: "another" },
    refusals: [
      {
        code: "ResourceAlreadyExistsException",
        when: "a name that is taken",
        request: async ({ fresh, pipeline, recipe, infrastructure }) => {
          const name = fresh("pipeline");
          await pipeline({ name });
          return {
            name,
            imageRecipeArn: await recipe(),
            infrastructureConfigurationArn: await infrastructure(),
          };
        },
      },
    ],
  },
  GetImagePipeline: {
    request: async ({ pipeline }) => ({ imagePipelineArn: await pipeline() }),
    answer: ({ imagePipelineArn }) => ({
      imagePipeline: { arn: imagePipelineArn, status: "ENABLED", consecutiveFailures: 0 },
    }),
    refusals: [notThere({ imagePipelineArn: NO_PIPELINE })],
  },
  UpdateImagePipeline: {
    request: async ({ pipeline, recipe, infrastructure }) => ({
      imagePipelineArn: await pipeline({ status: "DISABLED" }),
      imageRecipeArn: await recipe(),
      infrastructureConfigurationArn: await infrastructure(),
    }),
    answer: ({ imagePipelineArn }) => ({ imagePipelineArn }),
    effect: async ({ client }, { imagePipelineArn, imageRecipeArn }) => {
      const { imagePipeline } = await client.getImagePipeline({ imagePipelineArn });
      expect(imagePipeline).toMatchObject({ imageRecipeArn, status: "ENABLED" });
    },
    change: { description: "another" },
    refusals: [
      {
        code: "ResourceNotFoundException",
        when: "what is not there",
        request: async ({ recipe, infrastructure }) => ({
          imagePipelineArn: NO_PIPELINE,
          imageRecipeArn: await recipe(),
          infrastructureConfigurationArn: await infrastructure(),
        }),
      },
      {
        code: "InvalidRequestException",
        when: "another kind of recipe",
        request: async ({ pipeline, containerRecipe, infrastructure }) => ({
          imagePipelineArn: await pipeline(),
          containerRecipeArn: await containerRecipe(),
          infrastructureConfigurationArn: await infrastructure(),
        }),
      },
    ],
  },
  DeleteImagePipeline: {
    never: { ResourceDependencyException: "nothing refers to a pipeline; its builds go on without it" },
    request: async ({ pipeline }) => ({ imagePipelineArn: await pipeline() }),
    answer: ({ imagePipelineArn }) => ({ imagePipelineArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getImagePipeline(input))).toContain("ResourceNotFoundException");
    },
    refusals: [notThere({ imagePipelineArn: NO_PIPELINE })],
  },
  ListImagePipelines: {
    request: async ({ pipeline, fresh }) => {
      const name = fresh("pipeline");
      await pipeline({ name });
      return { filters: [{ name: "name", values: [name] }] };
    },
    answer: ({ filters }) => ({
      imagePipelineList: [{ name: filters?.[0]?.values?.[0], platform: "Linux" }],
    }),
  },
  StartImagePipelineExecution: {
    request: async ({ pipeline }) => ({ imagePipelineArn: await pipeline() }),
    answer: () => ({ imageBuildVersionArn: expect.stringMatching(/:image\/recipe-\d+\/1\.0\.0\/1$/) }),
    change: { tags: { by: "another" } },
    refusals: [notThere({ imagePipelineArn: NO_PIPELINE })],
  },
  ListImagePipelineImages: {
    request: async ({ pipeline, client }) => {
      const imagePipelineArn = await pipeline();
      await client.startImagePipelineExecution({ imagePipelineArn });
      return { imagePipelineArn };
    },
    answer: () => ({ imageSummaryList: [{ version: "1.0.0/1", buildType: "USER_INITIATED" }] }),
    refusals: [notThere({ imagePipelineArn: NO_PIPELINE })],
  },
  TagResource: {
    request: async ({ recipe }) => ({ resourceArn: await recipe(), tags: { team: "web" } }),
    answer: () => ({}),
    effect: async ({ client }, { resourceArn }) => {
      expect((await client.listTagsForResource({ resourceArn })).tags).toEqual({ team: "web" });
    },
    refusals: [notThere({ resourceArn: NO_PIPELINE, tags: { team: "web" } })],
  },
  UntagResource: {
    request: async ({ client, recipe }) => {
      const resourceArn = await recipe();
      await client.tagResource({ resourceArn, tags: { team: "web", stage: "dev" } });
      return { resourceArn, tagKeys: ["team"] };
    },
    answer: () => ({}),
    effect: async ({ client }, { resourceArn }) => {
      expect((await client.listTagsForResource({ resourceArn })).tags).toEqual({ stage: "dev" });
    },
    refusals: [notThere({ resourceArn: NO_PIPELINE, tagKeys: ["team"] })],
  },
  ListTagsForResource: {
    request: async ({ infrastructure }) => ({ resourceArn: await infrastructure({ tags: { team: "web" } }) }),
    answer: () => ({ tags: { team: "web" } }),
    refusals: [notThere({ resourceArn: NO_PIPELINE })],
  },
} satisfies Partial<OperationCases>;
