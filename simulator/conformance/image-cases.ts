import { expect } from "vitest";
import { refusal } from "../services/imagebuilder/factory-fixture";
import { missingArn, notThere, type OperationCases, SHARING } from "./operation-case";
import { EXECUTION_ROLE } from "./stocked-account";

const NO_IMAGE = missingArn("image/none/1.0.0/1");
const ISO = "s3://isos/windows-11.iso";

/** Images: built, distributed, imported, retried, shared. */
export const imageCases = {
  CreateImage: {
    request: async ({ recipe, infrastructure }) => ({
      imageRecipeArn: await recipe(),
      infrastructureConfigurationArn: await infrastructure(),
    }),
    answer: () => ({
      imageBuildVersionArn: expect.stringMatching(/:image\/recipe-\d+\/1\.0\.0\/1$/),
      latestVersionReferences: { latestVersionArn: expect.stringMatching(/\/x\.x\.x$/) },
    }),
    change: { enhancedImageMetadataEnabled: false },
  },
  GetImage: {
    request: async ({ finishedBuild }) => ({ imageBuildVersionArn: await finishedBuild() }),
    answer: ({ imageBuildVersionArn }) => ({
      image: {
        arn: imageBuildVersionArn,
        state: { status: "AVAILABLE" },
        outputResources: { amis: [{ region: "us-east-1", accountId: "222222222222" }] },
        buildType: "USER_INITIATED",
      },
    }),
    refusals: [notThere({ imageBuildVersionArn: NO_IMAGE })],
  },
  CancelImageCreation: {
    request: async ({ build }) => ({ imageBuildVersionArn: await build() }),
    answer: ({ imageBuildVersionArn }) => ({ imageBuildVersionArn }),
    effect: async ({ ended }, { imageBuildVersionArn = "" }) => {
      expect((await ended(imageBuildVersionArn))?.state?.status).toBe("CANCELLED");
    },
    change: { imageBuildVersionArn: NO_IMAGE },
    refusals: [
      notThere({ imageBuildVersionArn: NO_IMAGE }),
      {
        code: "InvalidRequestException",
        when: "a build that has ended",
        request: async ({ finishedBuild }) => ({ imageBuildVersionArn: await finishedBuild() }),
        words: "AVAILABLE",
      },
    ],
  },
  RetryImage: {
    request: async ({ failedTest }) => ({ imageBuildVersionArn: await failedTest() }),
    answer: ({ imageBuildVersionArn }) => ({ imageBuildVersionArn }),
    effect: async ({ client, ended }, { imageBuildVersionArn = "" }) => {
      await ended(imageBuildVersionArn);
      const { workflowExecutions = [] } = await client.listWorkflowExecutions({ imageBuildVersionArn });
      expect(workflowExecutions.map(({ type, retried }) => `${type} ${retried}`)).toEqual([
        "BUILD false",
        "TEST true",
        "TEST false",
      ]);
    },
    change: { imageBuildVersionArn: NO_IMAGE },
    refusals: [
      notThere({ imageBuildVersionArn: NO_IMAGE }),
      {
        code: "InvalidRequestException",
        when: "an image that did not fail",
        request: async ({ finishedBuild }) => ({ imageBuildVersionArn: await finishedBuild() }),
      },
    ],
  },
  DeleteImage: {
    request: async ({ finishedBuild }) => ({ imageBuildVersionArn: await finishedBuild() }),
    answer: ({ imageBuildVersionArn }) => ({ imageBuildVersionArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getImage(input))).toContain("ResourceNotFoundException");
    },
    refusals: [
      notThere({ imageBuildVersionArn: NO_IMAGE }),
      {
        code: "InvalidRequestException",
        when: "a build that runs",
        request: async ({ build }) => ({ imageBuildVersionArn: await build() }),
      },
      {
        code: "ResourceDependencyException",
        when: "an image that is shared",
        request: async ({ finishedBuild, client }) => {
          const imageArn = await finishedBuild();
          await client.putImagePolicy({ imageArn, policy: SHARING });
          return { imageBuildVersionArn: imageArn };
        },
      },
    ],
  },
  DistributeImage: {
    request: async ({ finishedBuild, distribution }) => ({
      sourceImage: await finishedBuild(),
      distributionConfigurationArn: await distribution(),
      executionRole: EXECUTION_ROLE,
    }),
    answer: () => ({ imageBuildVersionArn: expect.stringMatching(/\/1\.0\.0\/2$/) }),
    effect: async ({ ended }, _input, { imageBuildVersionArn = "" }) => {
      expect((await ended(imageBuildVersionArn))?.state?.status).toBe("AVAILABLE");
    },
    change: { tags: { by: "another" } },
    refusals: [
      {
        code: "ResourceNotFoundException",
        when: "a distribution configuration that is not there",
        request: async ({ finishedBuild }) => ({
          sourceImage: await finishedBuild(),
          distributionConfigurationArn: missingArn("distribution-configuration/none"),
          executionRole: EXECUTION_ROLE,
        }),
      },
      {
        code: "ResourceNotFoundException",
        when: "an image that is not there",
        request: async ({ distribution }) => ({
          sourceImage: NO_IMAGE,
          distributionConfigurationArn: await distribution(),
          executionRole: EXECUTION_ROLE,
        }),
      },
    ],
  },
  ImportVmImage: {
    request: ({ fresh }) => ({
      name: fresh("imported"),
      semanticVersion: "1.0.0",
      platform: "Linux" as const,
      vmImportTaskId: "import-ami-0123456789abcdef0",
    }),
    answer: () => ({ imageArn: expect.stringMatching(/:image\/imported-\d+\/1\.0\.0\/1$/) }),
    effect: async ({ client, ended }, _input, { imageArn = "" }) => {
      const { image } = await client.getImage({ imageBuildVersionArn: imageArn });
      expect(image?.state?.status).toBe("PENDING");
      expect((await ended(imageArn))?.state?.status).toBe("AVAILABLE");
    },
    change: { description: "another" },
  },
  ImportDiskImage: {
    request: async ({ fresh, infrastructure }) => ({
      name: fresh("imported"),
      semanticVersion: "1.0.0",
      platform: "Windows",
      osVersion: "Microsoft Windows 11",
      infrastructureConfigurationArn: await infrastructure(),
      uri: ISO,
    }),
    answer: () => ({ imageBuildVersionArn: expect.stringMatching(/:image\/imported-\d+\/1\.0\.0\/1$/) }),
    effect: async ({ ended }, _input, { imageBuildVersionArn = "" }) => {
      expect(await ended(imageBuildVersionArn)).toMatchObject({
        state: { status: "AVAILABLE" },
        buildType: "IMPORT_ISO",
        imageSource: "IMPORTED",
      });
    },
    change: { description: "another" },
  },
  ListImages: {
    request: async ({ recipe, build, fresh }) => {
      const name = fresh("recipe");
      await build({ imageRecipeArn: await recipe([], name) });
      return { owner: "Self" as const, filters: [{ name: "name", values: [name] }] };
    },
    answer: ({ filters }) => ({
      imageVersionList: [{ name: filters?.[0]?.values?.[0], version: "1.0.0", imageSource: "CUSTOM" }],
    }),
    refusals: [
      {
        code: "InvalidRequestException",
        when: "a version of what is listed by name",
        request: () => ({ byName: true, filters: [{ name: "version", values: ["1.0.0"] }] }),
        words: "byName",
      },
    ],
  },
  ListImageBuildVersions: {
    request: async ({ build, recipe }) => {
      const imageRecipeArn = await recipe();
      await build({ imageRecipeArn });
      const second = await build({ imageRecipeArn });
      return { imageVersionArn: second.slice(0, second.lastIndexOf("/")) };
    },
    answer: () => ({
      imageSummaryList: expect.arrayContaining([
        expect.objectContaining({ version: "1.0.0/2" }),
        expect.objectContaining({ version: "1.0.0/1" }),
      ]),
    }),
  },
  ListImagePackages: {
    request: async ({ finishedBuild }) => ({ imageBuildVersionArn: await finishedBuild() }),
    answer: () => ({
      imagePackageList: expect.arrayContaining([
        { packageName: "bash", packageVersion: expect.stringMatching(/^5\./) },
      ]),
    }),
    refusals: [notThere({ imageBuildVersionArn: NO_IMAGE })],
  },
  ListImageScanFindings: {
    request: async ({ finishedBuild }) => {
      const imageBuildVersionArn = await finishedBuild({
        imageScanningConfiguration: { imageScanningEnabled: true },
      });
      return { filters: [{ name: "imageBuildVersionArn", values: [imageBuildVersionArn] }] };
    },
    answer: ({ filters }) => ({
      findings: expect.arrayContaining([
        expect.objectContaining({
          imageBuildVersionArn: filters?.[0]?.values?.[0],
          type: "PACKAGE_VULNERABILITY",
          severity: expect.any(String),
        }),
      ]),
    }),
    refusals: [
      {
        code: "InvalidRequestException",
        when: "a filter that the findings do not have",
        request: () => ({ filters: [{ name: "colour", values: ["red"] }] }),
        words: "colour",
      },
    ],
  },
  ListImageScanFindingAggregations: {
    request: async ({ finishedBuild }) => {
      const imageBuildVersionArn = await finishedBuild({
        imageScanningConfiguration: { imageScanningEnabled: true },
      });
      return { filter: { name: "imageBuildVersionArn", values: [imageBuildVersionArn] } };
    },
    answer: ({ filter }) => ({
      aggregationType: "imageBuildVersionArn",
      responses: [
        {
          imageAggregation: {
            imageBuildVersionArn: filter?.values?.[0],
            severityCounts: { all: expect.any(Number), critical: expect.any(Number) },
          },
        },
      ],
    }),
  },
  PutImagePolicy: {
    never: { InvalidRequestException: "malformed input has a more exact code" },
    request: async ({ finishedBuild }) => ({ imageArn: await finishedBuild(), policy: SHARING }),
    answer: ({ imageArn }) => ({ imageArn }),
    effect: async ({ client }, { imageArn }) => {
      expect((await client.getImagePolicy({ imageArn })).policy).toBe(SHARING);
    },
    refusals: [
      notThere({ imageArn: NO_IMAGE, policy: SHARING }),
      {
        code: "InvalidParameterValueException",
        when: "a policy that is no JSON",
        request: async ({ finishedBuild }) => ({ imageArn: await finishedBuild(), policy: "allow all" }),
      },
    ],
  },
  GetImagePolicy: {
    request: async ({ finishedBuild, client }) => {
      const imageArn = await finishedBuild();
      await client.putImagePolicy({ imageArn, policy: SHARING });
      return { imageArn };
    },
    answer: () => ({ policy: SHARING }),
    refusals: [notThere({ imageArn: NO_IMAGE })],
  },
} satisfies Partial<OperationCases>;
