import { readdirSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CreateComponentCommand,
  CreateDistributionConfigurationCommand,
  CreateImagePipelineCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  CreateWorkflowCommand,
} from "@aws-sdk/client-imagebuilder";
import { urls } from "@/lib/core/urls";
import type { Account } from "./support/account";
import { expect, logOf, test } from "./support/console";
import { readState, startBuild } from "./support/pipelines";
import { region } from "./support/server";

const NAME = "hostile-thing";
/** What somebody may put wherever AWS takes text. Each sample marks the page when it is taken for markup or code. */
const SAMPLES = [
  '<img src=x data-hostile onerror="window.hostile=1">',
  '"><script data-hostile>window.hostile=1</script>',
  "'><svg/onload=window.hostile=1 data-hostile>",
  "</script><iframe data-hostile srcdoc='<script>top.hostile=1</script>'>",
  "[click](javascript:window.hostile=1) {{constructor.constructor('window.hostile=1')()}} %s %n",
  "\u202egnp.exe\u2066 \u001b[31mred\u001b[0m \u0007 ﷽ Z\u0351\u036b\u0353\u032a",
];
const TEXT = SAMPLES.join(" ");
const TAGS = { note: SAMPLES[0] ?? "", "a:b/c=d+e@f": SAMPLES[1] ?? "" };

const DOCUMENT = `name: ${JSON.stringify(SAMPLES[0])}
description: ${JSON.stringify(TEXT)}
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: SayIt
        action: ExecuteBash
        inputs:
          commands:
${SAMPLES.map((sample) => `            - ${JSON.stringify(`echo '${sample.replaceAll("'", "'\\''")}'`)}`).join("\n")}
            - ${JSON.stringify(`echo '${SAMPLES[1]}' >&2; exit 7`)}
`;

const WORKFLOW = `name: ${NAME}
description: ${JSON.stringify(TEXT)}
schemaVersion: 1.0
steps:
  - name: LaunchBuildInstance
    action: LaunchInstance
    onFailure: Abort
    inputs:
      waitFor: ssmAgent
`;

/** One of each, with hostile text in every member that takes any. @returns the pipeline's ARN. */
async function createHostileThings({ imagebuilder }: Account): Promise<string> {
  const version = {
    name: NAME,
    semanticVersion: "1.0.0",
    description: TEXT,
    changeDescription: TEXT,
    tags: TAGS,
  };
  const component = await imagebuilder.send(
    new CreateComponentCommand({ ...version, platform: "Linux", data: DOCUMENT }),
  );
  const recipe = await imagebuilder.send(
    new CreateImageRecipeCommand({
      name: NAME,
      semanticVersion: "1.0.0",
      description: TEXT,
      tags: TAGS,
      amiTags: TAGS,
      components: [{ componentArn: component.componentBuildVersionArn }],
      parentImage: `arn:aws:imagebuilder:${region}:aws:image/amazon-linux-2023-x86/x.x.x`,
    }),
  );
  const infrastructure = await imagebuilder.send(
    new CreateInfrastructureConfigurationCommand({
      name: NAME,
      description: TEXT,
      tags: TAGS,
      resourceTags: TAGS,
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
    }),
  );
  const distribution = await imagebuilder.send(
    new CreateDistributionConfigurationCommand({
      name: NAME,
      description: TEXT,
      tags: TAGS,
      distributions: [{ region, amiDistributionConfiguration: { description: TEXT, amiTags: TAGS } }],
    }),
  );
  await imagebuilder.send(new CreateWorkflowCommand({ ...version, type: "BUILD", data: WORKFLOW }));
  const pipeline = await imagebuilder.send(
    new CreateImagePipelineCommand({
      name: NAME,
      description: TEXT,
      tags: TAGS,
      imageRecipeArn: recipe.imageRecipeArn,
      infrastructureConfigurationArn: infrastructure.infrastructureConfigurationArn,
      distributionConfigurationArn: distribution.distributionConfigurationArn,
    }),
  );
  return pipeline.imagePipelineArn ?? "";
}

/** The address of every page there is: the folders say, so that a new page is visited without being named here. */
function everyPage(target: string): string[] {
  const app = fileURLToPath(new URL("../app", import.meta.url));
  const values: Record<string, string> = { target, name: NAME, version: "1.0.0", build: "1" };
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((path) => path === "page.tsx" || path.endsWith(`${sep}page.tsx`))
    .map((path) => `/${path.split(sep).slice(0, -1).join("/")}`)
    .map((path) => path.replace(/\[([a-z]+)\]/gi, (_, name: string) => values[name] ?? NAME))
    .toSorted();
}

test("text from AWS, tags, documents and logs stays text on every page", async ({ page, account }) => {
  test.slow();
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  const pipeline = await createHostileThings(account);
  const build = await startBuild(account, pipeline);
  await expect.poll(async () => (await readState(account, build)).status, { timeout: 60_000 }).toBe("FAILED");

  const paths = everyPage(account.target);
  expect(paths).toContain(urls.pipelines(account.target));
  const query = `?q=${encodeURIComponent(SAMPLES[1] ?? "")}&status=${encodeURIComponent(SAMPLES[0] ?? "")}`;
  for (const path of paths) {
    await page.goto(`${path}${query}`);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expect(page.locator("[data-hostile]"), `taken for markup at ${path}`).toHaveCount(0);
    await expect(page.locator("a[href^='javascript:' i]"), `taken for a link at ${path}`).toHaveCount(0);
    expect(await page.evaluate(() => "hostile" in window), `taken for code at ${path}`).toBe(false);
  }
  await page.goto(urls.imageBuild(account.target, { name: NAME, version: "1.0.0", build: "1" }));
  await page.getByRole("searchbox", { name: "Search the log" }).fill("<img src=x");
  await expect(logOf(page)).toContainText("<img src=x data-hostile");
  expect(dialogs).toEqual([]);
});

test("what another site makes a browser send is refused, whatever it carries", async ({
  request,
  account,
}) => {
  const page = urls.pipelines(account.target);
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const answers = [
    await request.post(page, { headers: foreign, data: "[]" }),
    await request.post(page, { data: "[]" }),
    await request.get(`/api${page}`, { headers: { ...foreign, "sec-fetch-mode": "cors" } }),
    await request.post(page, { headers: { "sec-fetch-site": "same-origin" }, data: "x".repeat(1_100_000) }),
    await request.get(`${page}?${"a".repeat(5_000)}`),
  ];
  expect(answers.map((answer) => answer.status())).toEqual([403, 403, 403, 413, 414]);
});
