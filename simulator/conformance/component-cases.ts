import { expect } from "vitest";
import { refusal } from "../services/imagebuilder/factory-fixture";
import { missingArn, notThere, type OperationCases, SHARING } from "./operation-case";
import { documentOf, WAITING_WORKFLOW } from "./stocked-account";

const NO_COMPONENT = missingArn("component/none/1.0.0/1");
const NO_WORKFLOW = missingArn("workflow/build/none/1.0.0/1");
const componentInput = (name: string) => ({
  name,
  semanticVersion: "1.0.0",
  platform: "Linux" as const,
  data: documentOf("build", "echo made"),
});
const workflowInput = (name: string) => ({
  name,
  semanticVersion: "1.0.0",
  type: "BUILD" as const,
  data: WAITING_WORKFLOW,
});
const importInput = (name: string) => ({
  name,
  semanticVersion: "1.0.0",
  type: "BUILD" as const,
  format: "SHELL" as const,
  platform: "Linux" as const,
  data: "echo imported",
});
const buildArn = (kind: string, name = "") =>
  missingArn(`${kind}/${name.toLowerCase().replaceAll(" ", "-")}/1.0.0/1`);

/** Components, workflows and what is read of them. */
export const componentCases = {
  CreateComponent: {
    request: ({ fresh }) => componentInput(fresh("component")),
    answer: ({ name }) => ({ componentBuildVersionArn: buildArn("component", name) }),
    change: { description: "another" },
    refusals: [
      {
        code: "InvalidParameterCombinationException",
        when: "two sources of the document",
        request: ({ fresh }) => ({ ...componentInput(fresh("component")), uri: "s3://bucket/key.yml" }),
      },
      {
        code: "InvalidVersionNumberException",
        when: "a version beyond 2^30-1",
        request: ({ fresh }) => ({
          ...componentInput(fresh("component")),
          semanticVersion: "1073741824.0.0",
        }),
      },
      {
        code: "DryRunOperationException",
        when: "a dry run that would succeed",
        request: ({ fresh }) => ({ ...componentInput(fresh("component")), dryRun: true }),
      },
      {
        code: "ResourceAlreadyExistsException",
        when: "the content of a version that is there",
        request: async ({ component, fresh }) => {
          const name = fresh("component");
          await component(componentInput(name).data, name);
          return componentInput(name);
        },
      },
      {
        code: "InvalidParameterValueException",
        when: "a document without phases",
        request: ({ fresh }) => ({ ...componentInput(fresh("component")), data: "schemaVersion: 1.0\n" }),
        words: "phase",
      },
    ],
  },
  ImportComponent: {
    request: ({ fresh }) => importInput(fresh("component")),
    answer: ({ name }) => ({ componentBuildVersionArn: buildArn("component", name) }),
    change: { description: "another" },
    refusals: [
      {
        code: "InvalidParameterCombinationException",
        when: "no source of the script",
        request: ({ fresh }) => ({ ...importInput(fresh("component")), data: undefined }),
      },
      {
        code: "InvalidVersionNumberException",
        when: "a version beyond 2^30-1",
        request: ({ fresh }) => ({ ...importInput(fresh("component")), semanticVersion: "1.1073741824.0" }),
      },
    ],
  },
  GetComponent: {
    request: async ({ component }) => ({ componentBuildVersionArn: await component() }),
    answer: ({ componentBuildVersionArn }) => ({
      component: { arn: componentBuildVersionArn, type: "BUILD", platform: "Linux", owner: "222222222222" },
      latestVersionReferences: { latestVersionArn: expect.stringMatching(/\/x\.x\.x$/) },
    }),
    refusals: [notThere({ componentBuildVersionArn: NO_COMPONENT })],
  },
  DeleteComponent: {
    request: async ({ component }) => ({ componentBuildVersionArn: await component() }),
    answer: ({ componentBuildVersionArn }) => ({ componentBuildVersionArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getComponent(input))).toContain("ResourceNotFoundException");
    },
    refusals: [
      notThere({ componentBuildVersionArn: NO_COMPONENT }),
      {
        code: "ResourceDependencyException",
        when: "a component of a recipe",
        request: async ({ recipe, client }) => {
          const imageRecipeArn = await recipe([documentOf("build", "echo used")]);
          const { imageRecipe } = await client.getImageRecipe({ imageRecipeArn });
          return { componentBuildVersionArn: imageRecipe?.components?.[0]?.componentArn };
        },
      },
      {
        code: "ResourceDependencyException",
        when: "a component that is shared",
        request: async ({ component, client }) => {
          const componentArn = await component();
          await client.putComponentPolicy({ componentArn, policy: SHARING });
          return { componentBuildVersionArn: componentArn };
        },
      },
    ],
  },
  ListComponents: {
    request: async ({ component }) => {
      await component();
      return { owner: "Self" as const };
    },
    answer: () => ({
      componentVersionList: expect.arrayContaining([
        expect.objectContaining({ version: "1.0.0", owner: "222222222222" }),
      ]),
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
  ListComponentBuildVersions: {
    request: async ({ component, fresh }) => {
      const name = fresh("component");
      await component(documentOf("build", "echo one"), name);
      const second = await component(documentOf("build", "echo two"), name);
      return { componentVersionArn: second.slice(0, second.lastIndexOf("/")) };
    },
    answer: ({ componentVersionArn }) => ({
      componentSummaryList: [{ arn: `${componentVersionArn}/2` }, { arn: `${componentVersionArn}/1` }],
    }),
  },
  PutComponentPolicy: {
    never: { InvalidRequestException: "malformed input has a more exact code" },
    request: async ({ component }) => ({ componentArn: await component(), policy: SHARING }),
    answer: ({ componentArn }) => ({ componentArn }),
    effect: async ({ client }, { componentArn }) => {
      expect((await client.getComponentPolicy({ componentArn })).policy).toBe(SHARING);
    },
    refusals: [
      notThere({ componentArn: NO_COMPONENT, policy: SHARING }),
      {
        code: "InvalidParameterValueException",
        when: "a policy that is no JSON",
        request: async ({ component }) => ({ componentArn: await component(), policy: "allow all" }),
      },
    ],
  },
  GetComponentPolicy: {
    request: async ({ component, client }) => {
      const componentArn = await component();
      await client.putComponentPolicy({ componentArn, policy: SHARING });
      return { componentArn };
    },
    answer: () => ({ policy: SHARING }),
    refusals: [notThere({ componentArn: NO_COMPONENT })],
  },
  GetMarketplaceResource: {
    request: async ({ component }) => ({
      resourceArn: await component(),
      resourceType: "COMPONENT_DATA" as const,
    }),
    answer: ({ resourceArn }) => ({ resourceArn, data: expect.stringContaining("schemaVersion") }),
    refusals: [notThere({ resourceArn: NO_COMPONENT, resourceType: "COMPONENT_DATA" })],
  },
  CreateWorkflow: {
    request: ({ fresh }) => workflowInput(fresh("workflow")),
    answer: ({ name }) => ({ workflowBuildVersionArn: buildArn("workflow/build", name) }),
    change: { description: "another" },
    refusals: [
      {
        code: "InvalidParameterCombinationException",
        when: "two sources of the document",
        request: ({ fresh }) => ({ ...workflowInput(fresh("workflow")), uri: "s3://bucket/key.yml" }),
      },
      {
        code: "InvalidVersionNumberException",
        when: "a version beyond 2^30-1",
        request: ({ fresh }) => ({ ...workflowInput(fresh("workflow")), semanticVersion: "1.0.1073741824" }),
      },
      {
        code: "DryRunOperationException",
        when: "a dry run that would succeed",
        request: ({ fresh }) => ({ ...workflowInput(fresh("workflow")), dryRun: true }),
      },
      {
        code: "InvalidParameterValueException",
        when: "an action that its stage does not have",
        request: ({ fresh }) => ({
          ...workflowInput(fresh("workflow")),
          data: WAITING_WORKFLOW.replace("WaitForAction", "DistributeImage"),
        }),
        words: "DistributeImage",
      },
    ],
  },
  GetWorkflow: {
    request: async ({ workflow }) => ({ workflowBuildVersionArn: await workflow(WAITING_WORKFLOW) }),
    answer: ({ workflowBuildVersionArn }) => ({
      workflow: { arn: workflowBuildVersionArn, type: "BUILD", data: WAITING_WORKFLOW },
    }),
    refusals: [notThere({ workflowBuildVersionArn: NO_WORKFLOW })],
  },
  DeleteWorkflow: {
    request: async ({ workflow }) => ({ workflowBuildVersionArn: await workflow(WAITING_WORKFLOW) }),
    answer: ({ workflowBuildVersionArn }) => ({ workflowBuildVersionArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getWorkflow(input))).toContain("ResourceNotFoundException");
    },
    refusals: [
      notThere({ workflowBuildVersionArn: NO_WORKFLOW }),
      {
        code: "ResourceDependencyException",
        when: "a workflow of a pipeline",
        request: async ({ workflow, pipeline }) => {
          const workflowBuildVersionArn = await workflow(WAITING_WORKFLOW);
          await pipeline({ workflows: [{ workflowArn: workflowBuildVersionArn }], executionRole: "role" });
          return { workflowBuildVersionArn };
        },
      },
    ],
  },
  ListWorkflows: {
    request: async ({ workflow }) => {
      await workflow(WAITING_WORKFLOW);
      return { owner: "Self" as const };
    },
    answer: () => ({
      workflowVersionList: expect.arrayContaining([
        expect.objectContaining({ version: "1.0.0", type: "BUILD" }),
      ]),
    }),
    refusals: [
      {
        code: "InvalidRequestException",
        when: "workflows of others than the account and Amazon",
        request: () => ({ owner: "Shared" as const }),
        words: "owner",
      },
    ],
  },
  ListWorkflowBuildVersions: {
    request: async ({ workflow, fresh }) => {
      const name = fresh("workflow");
      await workflow(WAITING_WORKFLOW, "BUILD", name);
      const second = await workflow(`${WAITING_WORKFLOW}# again\n`, "BUILD", name);
      return { workflowVersionArn: second.slice(0, second.lastIndexOf("/")) };
    },
    answer: ({ workflowVersionArn }) => ({
      workflowSummaryList: [{ arn: `${workflowVersionArn}/2` }, { arn: `${workflowVersionArn}/1` }],
    }),
  },
} satisfies Partial<OperationCases>;
