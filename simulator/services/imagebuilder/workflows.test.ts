import { describe, expect, it } from "vitest";
import { APPROVAL_WORKFLOW } from "../../seed/demo-approval";
import { buildToTheEnd, newFactory, refusal } from "./factory-fixture";

async function startWithApproval() {
  const factory = await newFactory();
  const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
  const { workflowBuildVersionArn } = await client.createWorkflow({
    name: "approval",
    semanticVersion: "1.0.0",
    type: "BUILD",
    data: APPROVAL_WORKFLOW.document,
  });
  const { imageBuildVersionArn } = await client.createImage({
    imageRecipeArn,
    infrastructureConfigurationArn,
    workflows: [{ workflowArn: workflowBuildVersionArn }],
    executionRole: "ImageBuilderWorkflowExecutionRole",
  });
  factory.clock.advance(120_000);
  const { steps = [] } = await client.listWaitingWorkflowSteps({});
  return { factory, imageBuildVersionArn, step: steps[0], workflowBuildVersionArn };
}

describe("a step that waits for an action", () => {
  it("is found in the account, and lets the build go on when it is resumed", async () => {
    const { factory, imageBuildVersionArn, step } = await startWithApproval();
    expect(step).toMatchObject({ name: "ApproveHardening", action: "WaitForAction", imageBuildVersionArn });
    const stepExecutionId = step?.stepExecutionId;
    const answer = {
      stepExecutionId,
      imageBuildVersionArn,
      action: "RESUME" as const,
      reason: "Approved by Ana",
    };
    await factory.client.sendWorkflowStepAction(answer);
    const image = await buildToTheEnd(factory, imageBuildVersionArn);
    expect(image?.state?.status).toBe("AVAILABLE");
    const waited = await factory.client.getWorkflowStepExecution({ stepExecutionId });
    expect(waited.outputs).toContain("Approved by Ana");
    expect((await factory.client.listWaitingWorkflowSteps({})).steps).toEqual([]);
  });

  it("fails the build when it is stopped", async () => {
    const { factory, imageBuildVersionArn, step } = await startWithApproval();
    const stepExecutionId = step?.stepExecutionId;
    await factory.client.sendWorkflowStepAction({ stepExecutionId, imageBuildVersionArn, action: "STOP" });
    const image = await buildToTheEnd(factory, imageBuildVersionArn);
    expect(image?.state?.status).toBe("FAILED");
  });

  it("is not answered for another image", async () => {
    const { factory, step, imageBuildVersionArn } = await startWithApproval();
    const other = imageBuildVersionArn?.replace("1.0.0/1", "1.0.0/2");
    const answer = {
      stepExecutionId: step?.stepExecutionId,
      imageBuildVersionArn: other,
      action: "RESUME" as const,
    };
    expect(await refusal(factory.client.sendWorkflowStepAction(answer))).toContain(
      "does not belong to the image",
    );
  });
});

describe("workflows", () => {
  it("of Amazon are listed with their documents", async () => {
    const { client } = await newFactory();
    const { workflowVersionList } = await client.listWorkflows({ owner: "Amazon" });
    expect(workflowVersionList?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["build-image", "test-image"]),
    );
    const { workflow } = await client.getWorkflow({
      workflowBuildVersionArn: "arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x",
    });
    expect(workflow?.data).toContain("LaunchBuildInstance");
  });

  it("are not deleted while a pipeline uses them", async () => {
    const { factory, workflowBuildVersionArn } = await startWithApproval();
    const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
    await client.createImagePipeline({
      name: "approved",
      imageRecipeArn,
      infrastructureConfigurationArn,
      workflows: [{ workflowArn: workflowBuildVersionArn }],
      executionRole: "ImageBuilderWorkflowExecutionRole",
    });
    expect(await refusal(client.deleteWorkflow({ workflowBuildVersionArn }))).toMatch(
      /^ResourceDependencyException/,
    );
  });
});
