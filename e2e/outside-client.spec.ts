import { urls } from "@/lib/core/urls";
import { awsCli, createPipelineByCli, hasAwsCli } from "./support/aws-cli";
import { arriveAt, expect, expectBuildStatus, expectInLog, open, test } from "./support/console";
import { documentOf, readCorpusDocument } from "./support/documents";
import { createPipeline, ownedAmis, readState, startBuild } from "./support/pipelines";

const CORPUS_DOCUMENT = "073_aws-samples_amazon-ec2-image-builder-samples_hello-world-component.yaml";
const key = (name: string) => ({ name, version: "1.0.0", build: "1" });

test("a build that the AWS CLI starts is on the page without a reload, with its document's own steps", async ({
  page,
  account,
}) => {
  const document = readCorpusDocument(CORPUS_DOCUMENT) ?? "";
  test.skip(document === "", "needs ../shared/corpus");
  test.skip(!hasAwsCli(), "needs the AWS CLI; the SDK does the same in the next test");
  const imagePipelineArn = await createPipelineByCli(account, "hello-world", document);
  await open(page, urls.pipeline(account.target, "hello-world"), "hello-world");

  await awsCli(account, "imagebuilder", "start-image-pipeline-execution", { imagePipelineArn });
  const build = page.getByRole("link", { name: "1.0.0/1" }).first();
  await expect(build).toBeVisible();

  await build.click();
  await arriveAt(page, /hello-world/);
  await expectInLog(page, "EchoHelloWorld");
  await expectInLog(page, "Assert");
  await expectBuildStatus(page, /available/i);

  const { Images } = await awsCli(account, "ec2", "describe-images", { Owners: ["self"] });
  const [ami] = await ownedAmis(account);
  expect(JSON.stringify(Images)).toContain(ami);
  await expect(page.getByRole("main").getByText(String(ami)).first()).toBeVisible();
});

test("a pipeline that an SDK creates is on the list without a reload", async ({ page, account }) => {
  await createPipeline(account, "first", documentOf("Greet", "echo hello"));
  await open(page, urls.pipelines(account.target), "Pipelines");
  await createPipeline(account, "second", documentOf("Greet", "echo hello"));
  await expect(page.getByRole("link", { name: "second", exact: true })).toBeVisible();
});

test("the page and AWS give the same reason for a failure", async ({ page, account }) => {
  const pipeline = await createPipeline(account, "doomed", documentOf("FallOver", "exit 7"));
  const build = await startBuild(account, pipeline);
  await open(page, urls.imageBuild(account.target, key("doomed")), /doomed/);
  await expectBuildStatus(page, /failed/i);

  const { status, reason } = await readState(account, build);
  expect(status).toBe("FAILED");
  await expect(page.getByRole("main")).toContainText(reason ?? "no reason");
});
