import {
  ListComponentsCommand,
  ListContainerRecipesCommand,
  ListImagesCommand,
  ListInfrastructureConfigurationsCommand,
  ListWorkflowsCommand,
} from "@aws-sdk/client-imagebuilder";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import type { Account } from "./support/account";
import { expect, expectAccessible, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";

const SCRIPT = "<script>alert(1)</script>";
const UNICODE = "naïve ☃ 名前";

type Form = {
  form: string;
  address: (target: string) => string;
  heading: string;
  submit: string;
  /** A field by its label, what is typed into it, and how it answers. */
  wrong: [label: string, typed: string, said: RegExp][];
  /** How many AWS has of what the form makes. */
  count?: (account: Account) => Promise<number | undefined>;
};

const FORMS: Form[] = [
  {
    form: "workflow",
    address: (target) => urls.newResource(target, "workflow"),
    heading: "Create workflow",
    submit: "Create workflow",
    wrong: [
      ["Name", UNICODE, /letters, digits/],
      ["Version", "1.0.x", /three whole numbers/],
      ["Description optional", "d".repeat(1025), /at most 1,024/],
    ],
    count: async ({ imagebuilder }) =>
      (await imagebuilder.send(new ListWorkflowsCommand({ owner: "Self" }))).workflowVersionList?.length,
  },
  {
    form: "container recipe",
    address: (target) => urls.newResource(target, "container-recipe"),
    heading: "Create container recipe",
    submit: "Create container recipe",
    wrong: [
      ["Name", SCRIPT, /letters, digits/],
      ["Version", "1.x.x", /can have one x/],
      ["Base image", UNICODE, /must/],
      ["Dockerfile template", "#".repeat(16_001), /at most 16,000/],
    ],
    count: async ({ imagebuilder }) =>
      (await imagebuilder.send(new ListContainerRecipesCommand({}))).containerRecipeSummaryList?.length,
  },
  {
    form: "script import",
    address: urls.importComponent,
    heading: "Import a script as a component",
    submit: "Import script",
    wrong: [
      ["Name", "ab", /at least 3/],
      ["Version", "1073741824.0.0", /at most 1073741823/],
      ["Script optional", "#".repeat(1025), /at most 1,024/],
      ["S3 URI optional", "https://example.com/harden.sh", /s3:\/\//],
    ],
    count: async ({ imagebuilder }) =>
      (await imagebuilder.send(new ListComponentsCommand({ owner: "Self" }))).componentVersionList?.length,
  },
  {
    form: "image import",
    address: urls.importImage,
    heading: "Import an image",
    submit: "Import image",
    wrong: [
      ["Name", "x".repeat(129), /at most 128/],
      ["Import task", `ami-1${SCRIPT}`, /import-ami-/],
      ["OS version optional", "x".repeat(1025), /at most 1,024/],
    ],
    count: async ({ imagebuilder }) =>
      (await imagebuilder.send(new ListImagesCommand({ owner: "Self" }))).imageVersionList?.length,
  },
  {
    form: "infrastructure",
    address: (target) => urls.newResource(target, "infrastructure-configuration"),
    heading: "Create infrastructure configuration",
    submit: "Create infrastructure configuration",
    wrong: [
      ["Name", " web", /start or end with a space/],
      ["Instance profile", SCRIPT, /instance profile/i],
    ],
    count: async ({ imagebuilder }) =>
      (await imagebuilder.send(new ListInfrastructureConfigurationsCommand({})))
        .infrastructureConfigurationSummaryList?.length,
  },
  {
    form: "pipeline",
    address: (target) => `${urls.pipeline(target, "web")}/edit`,
    heading: "Edit web",
    submit: "Review changes",
    wrong: [
      ["Description optional", "d".repeat(1025), /at most 1,024/],
      ["Recipe", UNICODE, /recipe/i],
      ["Infrastructure configuration", SCRIPT, /infrastructure-configuration\/name/],
    ],
  },
];

/** What the page sends to change anything. */
function countWrites(page: Page) {
  const writes: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") writes.push(`${request.method()} ${request.url()}`);
  });
  return writes;
}

test("every form says at each field what is wrong, sends nothing and loses nothing", async ({
  page,
  account,
}) => {
  await createPipeline(account, "web", documentOf("Greet", "set -e"));
  const writes = countWrites(page);
  for (const { form, address, heading, submit, wrong, count } of FORMS) {
    await test.step(form, async () => {
      await page.goto(address(account.target));
      await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      const before = await count?.(account);
      const fieldOf = (label: string) =>
        page.getByLabel(label, { exact: true }).and(page.locator("input, textarea"));
      for (const [label, typed, said] of wrong) {
        const field = fieldOf(label);
        await field.fill(typed);
        // A list of choices hides what is behind it until it is closed.
        await field.press("Escape");
        await expect(field).toHaveAttribute("aria-invalid", "true");
        await expect(field).toHaveAccessibleDescription(said);
      }
      await page.getByRole("button", { name: submit, exact: true }).click();
      await expect(page.getByText(/Not saved/)).toBeVisible();
      for (const [label, typed] of wrong) await expect(fieldOf(label)).toHaveValue(typed);
      // Accessible with all that is said of what is wrong.
      await expectAccessible(page);
      expect(writes).toEqual([]);
      expect(await count?.(account)).toBe(before);
    });
  }
});
