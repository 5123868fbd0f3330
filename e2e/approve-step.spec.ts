import { CreateWorkflowCommand } from "@aws-sdk/client-imagebuilder";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, expectBuildStatus, open, runPipeline, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline, useWorkflow } from "./support/pipelines";

const WORKFLOW = `name: approval
schemaVersion: 1.0
steps:
  - name: Launch
    action: LaunchInstance
    inputs:
      waitFor: ssmAgent
  - name: LookAtReport
    action: WaitForAction
    description: The security team looks at the report.
    timeoutSeconds: 604800
  - name: CreateOutputAMI
    action: CreateImage
    inputs:
      instanceId.$: $.stepOutputs.Launch.instanceId
outputs:
  - name: ImageId
    value: $.stepOutputs.CreateOutputAMI.imageId
`;

for (const { answer, confirm, reason, ends } of [
  { answer: "Approve", confirm: "Approve", reason: "Report is clean", ends: /available/i },
  { answer: "Reject", confirm: "Reject", reason: "CIS 1.1.2 fails", ends: /failed/i },
]) {
  test(`a waiting step is found in the inbox, and ${answer.toLowerCase()} with a reason decides the build`, async ({
    page,
    account,
  }) => {
    const pipelineArn = await createPipeline(account, "hardened", documentOf("Greet", "echo hello"));
    const { workflowBuildVersionArn } = await account.imagebuilder.send(
      new CreateWorkflowCommand({
        name: "approval",
        semanticVersion: "1.0.0",
        type: "BUILD",
        data: WORKFLOW,
      }),
    );
    await useWorkflow(account, pipelineArn, workflowBuildVersionArn);

    await open(page, urls.approvals(account.target), "Approvals");
    await expect(page.getByText("No pending approvals")).toBeVisible();
    await page.goto(urls.pipeline(account.target, "hardened"));
    await runPipeline(page);
    await expect(page.getByRole("button", { name: "LookAtReport running" })).toBeVisible({ timeout: 30_000 });

    await page.getByRole("link", { name: "Approvals" }).click();
    await arriveAt(page, "Approvals");
    const step = page.getByRole("list", { name: "Waiting steps" }).getByRole("listitem");
    await expect(step).toContainText("The security team looks at the report.");
    await expect(step.getByRole("link", { name: "hardened", exact: true })).toBeVisible();
    await step.getByRole("button", { name: answer }).click();

    const dialog = page.getByRole("alertdialog");
    await dialog.getByLabel("Comment").fill(reason);
    await dialog.getByRole("button", { name: confirm }).click();
    await expect(page.getByText("No pending approvals")).toBeVisible();
    await page
      .getByRole("status")
      .getByRole("link", { name: /Build hardened/ })
      .click();
    await expectBuildStatus(page, ends);
  });
}
