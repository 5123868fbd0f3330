import { urls } from "@/lib/urls";
import { arriveAt, expect, expectBuildStatus, logOf, open, test } from "./support/console";
import { documentOf, readCorpusDocument } from "./support/documents";
import { createPipeline, ownedAmis, readState, startBuild } from "./support/pipelines";

const CORPUS_DOCUMENT = "073_aws-samples_amazon-ec2-image-builder-samples_hello-world-component.yaml";

test("a build started by another AWS client appears within 5 s without a reload, with its document's own steps", async ({
  page,
  account,
}) => {
  const document = readCorpusDocument(CORPUS_DOCUMENT);
  test.skip(document === undefined, "needs ../shared/corpus");
  const pipeline = await createPipeline(account, "hello-world", document ?? "");
  await open(page, urls.pipeline(account.target, "hello-world"), "hello-world");

  await startBuild(account, pipeline);
  const build = page.getByRole("link", { name: "1.0.0/1" });
  await expect(build).toBeVisible({ timeout: 5000 });

  await build.click();
  await arriveAt(page, /hello-world/);
  await expect(logOf(page)).toContainText("EchoHelloWorld");
  await expect(logOf(page)).toContainText("Assert");
  await expectBuildStatus(page, /available/i);
  const [ami] = await ownedAmis(account);
  await expect(
    page
      .getByRole("main")
      .getByText(ami ?? "no AMI")
      .first(),
  ).toBeVisible();
});

test("the page and AWS give the same reason for a failure", async ({ page, account }) => {
  const pipeline = await createPipeline(account, "doomed", documentOf("FallOver", "exit 7"));
  const build = await startBuild(account, pipeline);
  await open(
    page,
    urls.imageBuild(account.target, { name: "doomed", version: "1.0.0", build: "1" }),
    /doomed/,
  );
  await expectBuildStatus(page, /failed/i);

  const { status, reason } = await readState(account, build);
  expect(status).toBe("FAILED");
  await expect(page.getByRole("main")).toContainText(reason ?? "no reason");
});
