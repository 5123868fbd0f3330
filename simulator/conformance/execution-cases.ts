import { expect } from "vitest";
import { refusal } from "../services/imagebuilder/factory-fixture";
import { MISSING_ID, missingArn, notThere, type OperationCases } from "./operation-case";
import type { StockedAccount } from "./stocked-account";

const NO_IMAGE = missingArn("image/none/1.0.0/1");
const NO_POLICY = missingArn("lifecycle-policy/none");
const dashed = (name = "") => name.toLowerCase().replaceAll(" ", "-");

async function execution({ finishedBuild, client }: StockedAccount) {
  const { workflowExecutions } = await client.listWorkflowExecutions({
    imageBuildVersionArn: await finishedBuild(),
  });
  return workflowExecutions?.[0]?.workflowExecutionId ?? "";
}

/** What runs: workflows and their steps, lifecycle policies and their executions. */
export const executionCases = {
  ListWorkflowExecutions: {
    request: async ({ finishedBuild }) => ({ imageBuildVersionArn: await finishedBuild() }),
    answer: ({ imageBuildVersionArn }) => ({
      imageBuildVersionArn,
      workflowExecutions: [
        { type: "BUILD", status: "COMPLETED" },
        { type: "TEST", status: "COMPLETED" },
        { type: "DISTRIBUTION", status: "COMPLETED" },
      ],
    }),
    refusals: [notThere({ imageBuildVersionArn: NO_IMAGE })],
  },
  GetWorkflowExecution: {
    request: async (account) => ({ workflowExecutionId: await execution(account) }),
    answer: ({ workflowExecutionId }) => ({
      workflowExecutionId,
      type: "BUILD",
      status: "COMPLETED",
      totalStepCount: 7,
    }),
    refusals: [notThere({ workflowExecutionId: `wf-${MISSING_ID}` })],
  },
  ListWorkflowStepExecutions: {
    request: async (account) => ({ workflowExecutionId: await execution(account) }),
    answer: ({ workflowExecutionId }) => ({
      workflowExecutionId,
      steps: expect.arrayContaining([
        expect.objectContaining({ name: "CreateOutputAMI", status: "COMPLETED" }),
      ]),
    }),
    refusals: [notThere({ workflowExecutionId: `wf-${MISSING_ID}` })],
  },
  GetWorkflowStepExecution: {
    request: async (account) => {
      const workflowExecutionId = await execution(account);
      const { steps } = await account.client.listWorkflowStepExecutions({ workflowExecutionId });
      return { stepExecutionId: steps?.[0]?.stepExecutionId };
    },
    answer: ({ stepExecutionId }) => ({
      stepExecutionId,
      name: "LaunchBuildInstance",
      onFailure: "Abort",
      timeoutSeconds: 4500,
    }),
    refusals: [notThere({ stepExecutionId: `step-${MISSING_ID}` })],
  },
  ListWaitingWorkflowSteps: {
    request: async ({ waitingBuild }) => {
      await waitingBuild();
      return {};
    },
    answer: () => ({
      steps: expect.arrayContaining([expect.objectContaining({ name: "Approve", action: "WaitForAction" })]),
    }),
  },
  SendWorkflowStepAction: {
    request: async ({ waitingBuild }) => ({ ...(await waitingBuild()), action: "RESUME" as const }),
    answer: ({ stepExecutionId, imageBuildVersionArn }) => ({ stepExecutionId, imageBuildVersionArn }),
    effect: async ({ client }, { stepExecutionId }) => {
      const { steps = [] } = await client.listWaitingWorkflowSteps({});
      expect(steps.map((step) => step.stepExecutionId)).not.toContain(stepExecutionId);
    },
    change: { action: "STOP" },
    refusals: [
      notThere({ stepExecutionId: `step-${MISSING_ID}`, imageBuildVersionArn: NO_IMAGE, action: "RESUME" }),
      {
        code: "InvalidRequestException",
        when: "a step of another image",
        request: async ({ waitingBuild }) => ({
          ...(await waitingBuild()),
          imageBuildVersionArn: NO_IMAGE,
          action: "RESUME" as const,
        }),
      },
      {
        code: "InvalidRequestException",
        when: "a step that waits no more",
        request: async ({ waitingBuild, client }) => {
          const input = { ...(await waitingBuild()), action: "RESUME" as const };
          await client.sendWorkflowStepAction(input);
          return input;
        },
      },
    ],
  },
  CreateLifecyclePolicy: {
    request: ({ policyInput }) => policyInput(),
    answer: ({ name }) => ({ lifecyclePolicyArn: missingArn(`lifecycle-policy/${dashed(name)}`) }),
    change: { description: "another" },
    refusals: [
      {
        code: "ResourceAlreadyExistsException",
        when: "a name that is taken",
        request: async ({ client, policyInput }) => {
          const input = policyInput();
          await client.createLifecyclePolicy(input);
          return input;
        },
      },
    ],
  },
  GetLifecyclePolicy: {
    request: async ({ lifecyclePolicy }) => ({ lifecyclePolicyArn: await lifecyclePolicy() }),
    answer: ({ lifecyclePolicyArn }) => ({
      lifecyclePolicy: { arn: lifecyclePolicyArn, status: "ENABLED", resourceType: "AMI_IMAGE" },
    }),
    refusals: [notThere({ lifecyclePolicyArn: NO_POLICY })],
  },
  UpdateLifecyclePolicy: {
    request: async ({ lifecyclePolicy, policyInput }) => {
      const { name: _name, ...settings } = policyInput();
      return { lifecyclePolicyArn: await lifecyclePolicy(), ...settings, status: "DISABLED" as const };
    },
    answer: ({ lifecyclePolicyArn }) => ({ lifecyclePolicyArn }),
    effect: async ({ client }, { lifecyclePolicyArn }) => {
      const { lifecyclePolicy } = await client.getLifecyclePolicy({ lifecyclePolicyArn });
      expect(lifecyclePolicy?.status).toBe("DISABLED");
    },
    change: { description: "another" },
    refusals: [
      {
        code: "ResourceNotFoundException",
        when: "what is not there",
        request: ({ policyInput }) => {
          const { name: _name, ...settings } = policyInput();
          return { lifecyclePolicyArn: NO_POLICY, ...settings };
        },
      },
      {
        code: "InvalidParameterCombinationException",
        when: "two kinds of selection",
        request: async ({ lifecyclePolicy, policyInput }) => {
          const { name: _name, ...settings } = policyInput();
          const resourceSelection = { ...settings.resourceSelection, tagMap: { team: "web" } };
          return { lifecyclePolicyArn: await lifecyclePolicy(), ...settings, resourceSelection };
        },
      },
    ],
  },
  DeleteLifecyclePolicy: {
    never: { ResourceDependencyException: "nothing refers to a policy; its runs are canceled" },
    request: async ({ lifecyclePolicy }) => ({ lifecyclePolicyArn: await lifecyclePolicy() }),
    answer: ({ lifecyclePolicyArn }) => ({ lifecyclePolicyArn }),
    effect: async ({ client }, input) => {
      expect(await refusal(client.getLifecyclePolicy(input))).toContain("ResourceNotFoundException");
    },
    refusals: [notThere({ lifecyclePolicyArn: NO_POLICY })],
  },
  ListLifecyclePolicies: {
    request: async ({ client, policyInput }) => {
      const input = policyInput();
      await client.createLifecyclePolicy(input);
      return { filters: [{ name: "name", values: [input.name] }] };
    },
    answer: ({ filters }) => ({ lifecyclePolicySummaryList: [{ name: filters?.[0]?.values?.[0] }] }),
  },
  StartResourceStateUpdate: {
    request: async ({ finishedBuild }) => ({
      resourceArn: await finishedBuild(),
      state: { status: "DISABLED" as const },
    }),
    answer: ({ resourceArn }) => ({ resourceArn, lifecycleExecutionId: expect.stringMatching(/^lce-/) }),
    effect: async ({ client }, { resourceArn }) => {
      const { image } = await client.getImage({ imageBuildVersionArn: resourceArn });
      expect(image?.state?.status).toBe("DISABLED");
    },
    change: { state: { status: "DEPRECATED" } },
    refusals: [notThere({ resourceArn: NO_IMAGE, state: { status: "DISABLED" } })],
  },
  GetLifecycleExecution: {
    request: async ({ stateUpdate }) => {
      const { lifecycleExecutionId } = await stateUpdate();
      return { lifecycleExecutionId };
    },
    answer: ({ lifecycleExecutionId }) => ({
      lifecycleExecution: { lifecycleExecutionId, state: { status: "IN_PROGRESS" } },
    }),
    refusals: [notThere({ lifecycleExecutionId: `lce-${MISSING_ID}` })],
  },
  ListLifecycleExecutions: {
    request: async ({ stateUpdate }) => {
      const { resourceArn } = await stateUpdate();
      return { resourceArn };
    },
    answer: () => ({ lifecycleExecutions: [{ resourcesImpactedSummary: { hasImpactedResources: true } }] }),
  },
  ListLifecycleExecutionResources: {
    request: async ({ stateUpdate }) => {
      const { lifecycleExecutionId } = await stateUpdate();
      return { lifecycleExecutionId };
    },
    answer: ({ lifecycleExecutionId }) => ({
      lifecycleExecutionId,
      resources: [{ action: { name: "DEPRECATE" }, state: { status: "SUCCESS" } }],
    }),
    refusals: [notThere({ lifecycleExecutionId: `lce-${MISSING_ID}` })],
  },
  CancelLifecycleExecution: {
    request: async ({ stateUpdate }) => {
      const { lifecycleExecutionId } = await stateUpdate();
      return { lifecycleExecutionId };
    },
    answer: ({ lifecycleExecutionId }) => ({ lifecycleExecutionId }),
    effect: async ({ client }, { lifecycleExecutionId }) => {
      const { lifecycleExecution } = await client.getLifecycleExecution({ lifecycleExecutionId });
      expect(lifecycleExecution?.state?.status).toBe("CANCELLED");
    },
    change: { lifecycleExecutionId: `lce-${MISSING_ID}` },
    refusals: [
      notThere({ lifecycleExecutionId: `lce-${MISSING_ID}` }),
      {
        code: "InvalidRequestException",
        when: "an execution that has ended",
        request: async ({ stateUpdate, clock }) => {
          const { lifecycleExecutionId } = await stateUpdate();
          clock.advance(60_000);
          return { lifecycleExecutionId };
        },
      },
    ],
  },
} satisfies Partial<OperationCases>;
