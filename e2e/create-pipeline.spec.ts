import {
  CreateInfrastructureConfigurationCommand,
  ListComponentsCommand,
  ListImagePipelinesCommand,
  ListInfrastructureConfigurationsCommand,
} from "@aws-sdk/client-imagebuilder";
import type { Locator, Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import type { Account } from "./support/account";
import { arriveAt, expect, expectAccessible, open, test } from "./support/console";
import { readBack } from "./support/read-back";
import { region } from "./support/server";
import { setTrouble } from "./support/trouble";

const steps = (page: Page) => page.getByRole("navigation", { name: "Steps" });
async function goOn(page: Page, to: string) {
  await page
    .getByRole("main")
    .getByRole("button", { name: `Next: ${to}`, exact: true })
    .click();
  // Each step has the heading of the one before.
  await page.waitForURL(new RegExp(`/${to.toLowerCase()}$`));
}

/** What AWS says of the step, beside its fields. */
const checks = (page: Page) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: "Checked in AWS" }) });

async function beginFromNothing(page: Page, account: Account, name: string) {
  await open(page, urls.newPipeline(account.target), "Create pipeline");
  await page.getByRole("button", { name: "Start from scratch" }).click();
  await arriveAt(page, /New pipeline/);
  await page.getByLabel("Name", { exact: true }).fill(name);
}

async function fillInfrastructure(page: Page, name: string) {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("combobox", { name: "Instance profile" }).fill("EC2InstanceProfileForImageBuilder");
  await page.keyboard.press("Escape");
}

/** Dragged by its handle and let go above the first row. */
async function moveUpByMouse(page: Page, component: string) {
  const rows = page.getByRole("grid").getByRole("row");
  const handle = page.getByRole("button", { name: `Move ${component}`, exact: true });
  await handle.scrollIntoViewIfNeeded();
  const [from, to] = [await handle.boundingBox(), await rows.first().boundingBox()];
  if (!from || !to) throw new Error("The components are not on the page.");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  // A browser begins to drag once the mouse has moved a little.
  await page.mouse.move(from.x + from.width, from.y, { steps: 4 });
  await page.mouse.move(to.x + from.width, to.y + 4, { steps: 8 });
  await page.mouse.up();
  await expect(rows.first()).toContainText(component);
}

/** The order of a recipe's components without a mouse: taken up at the handle, moved, put down. */
async function moveUpByKeyboard(page: Page, component: string) {
  const rows = page.getByRole("grid").getByRole("row");
  await page.getByRole("button", { name: `Move ${component}`, exact: true }).focus();
  const first = await rows.first().getAttribute("aria-label");
  await page.keyboard.press("Enter");
  // The places to drop it come a moment after it is taken up.
  await expect(async () => {
    await page.keyboard.press("ArrowUp");
    await expect(page.locator(":focus")).toHaveAccessibleName(`Insert before ${first}`, { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(rows.first()).toContainText(component);
}

const componentsOf = ({ imageRecipe }: Awaited<ReturnType<typeof readBack>>) =>
  imageRecipe?.components?.map(({ componentArn = "" }) => componentArn.split("/")[1]);

test("a pipeline made from nothing, with all its parts, is in AWS as the wizard was told", async ({
  page,
  account,
}) => {
  await beginFromNothing(page, account, "from-nothing");
  await page.getByLabel("Scheduled", { exact: true }).check();
  await page.getByRole("combobox", { name: "Frequency" }).selectOption("Monday to Friday");
  await expect(page.getByText(/at 03:00, UTC/).first()).toBeVisible();
  await goOn(page, "Recipe");

  await arriveAt(page, /from-nothing/);
  await page.getByLabel("Name", { exact: true }).fill("from-nothing-recipe");
  await page.getByRole("combobox", { name: "Base image" }).fill("amazon-linux-2023-x86");
  await page
    .getByRole("option", { name: /amazon-linux-2023-x86/ })
    .first()
    .click();
  await page.getByRole("combobox", { name: "Component platform" }).selectOption("Linux");
  await page.getByRole("combobox", { name: "Component owner" }).selectOption("Amazon");
  await page.getByRole("combobox", { name: "Add a component" }).fill("update-");
  await expect(page.getByRole("option", { name: /windows/i })).toHaveCount(0);
  await page
    .getByRole("option", { name: /update-linux/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Create component" }).click();
  await page.getByLabel("Component name").fill("from-nothing-component");
  await expect(page.getByRole("grid")).toContainText("from-nothing-component");
  await moveUpByMouse(page, "from-nothing-component");
  await expect(checks(page)).toContainText("Base image available");
  await goOn(page, "Infrastructure");

  await arriveAt(page, /from-nothing/);
  const profile = page.getByRole("combobox", { name: "Instance profile" });
  await profile.fill("No-Such-Profile");
  await page.keyboard.press("Escape");
  await expect(checks(page)).toContainText("Instance profile No-Such-Profile not found");
  await fillInfrastructure(page, "from-nothing-infrastructure");
  await expect(checks(page)).not.toContainText("No-Such-Profile");
  await goOn(page, "Distribution");

  await arriveAt(page, /from-nothing/);
  await page.getByLabel("Create distribution configuration").check();
  await page.getByLabel("Name", { exact: true }).first().fill("from-nothing-distribution");
  await goOn(page, "Review");

  await expect(page.getByRole("button", { name: "Create pipeline" })).toBeEnabled();
  await arriveAt(page, /from-nothing/);
  await page.getByRole("button", { name: "Create pipeline" }).click();
  await page.getByRole("link", { name: "Open from-nothing" }).click();
  await arriveAt(page, "from-nothing");

  const made = await readBack(account, "from-nothing");
  expect(made.imagePipeline).toMatchObject({
    name: "from-nothing",
    status: "ENABLED",
    schedule: { scheduleExpression: "cron(0 3 ? * MON-FRI *)", timezone: "UTC" },
  });
  expect(made.imageRecipe).toMatchObject({
    name: "from-nothing-recipe",
    version: "1.0.0",
    parentImage: expect.stringMatching(/aws:image\/amazon-linux-2023-x86\/x\.x\.x$/),
  });
  expect(componentsOf(made)).toEqual(["from-nothing-component", "update-linux"]);
  expect(made.component).toMatchObject({ name: "from-nothing-component", platform: "Linux" });
  expect(made.component?.data).toContain("schemaVersion: 1.0");
  expect(made.infrastructureConfiguration).toMatchObject({
    name: "from-nothing-infrastructure",
    instanceProfileName: "EC2InstanceProfileForImageBuilder",
  });
  expect(made.distributionConfiguration).toMatchObject({
    name: "from-nothing-distribution",
    distributions: [{ region }],
  });
});

test("the same is made by keyboard alone", async ({ page, account }) => {
  test.setTimeout(150_000);
  const { keyboard } = page;
  const main = page.getByRole("main");
  /** Reaches an element as one does without a mouse, from wherever the focus is. */
  const tabTo = async (wanted: Locator) => {
    await expect(wanted).toBeEnabled();
    // By its handle: while a list of choices is open, what is beside it has no role for a moment.
    const element = await wanted.elementHandle();
    for (let presses = 0; presses < 150; presses++) {
      if (await element?.evaluate((one) => one === document.activeElement)) break;
      await keyboard.press("Tab");
    }
    await expect(wanted).toBeFocused();
  };
  const press = async (name: string | RegExp, role: "button" | "link" = "button") => {
    await tabTo(main.getByRole(role, { name, exact: true }));
    await keyboard.press("Enter");
  };
  const type = async (wanted: Locator, text: string) => {
    await tabTo(wanted);
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type(text);
  };
  const pick = async (name: string, text: string) => {
    await type(page.getByRole("combobox", { name, exact: true }), text);
    await expect(page.getByRole("option", { name: new RegExp(text) }).first()).toBeVisible();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
  };
  const goTo = async (step: string) => {
    await press(`Next: ${step}`);
    await expect(steps(page).locator("[aria-current=step]")).toContainText(step);
  };
  const name = page.getByLabel("Name", { exact: true });

  await open(page, urls.newPipeline(account.target), "Create pipeline");
  await press("Start from scratch");
  await type(name, "by-keyboard");
  await tabTo(page.getByLabel("Manual", { exact: true }));
  await keyboard.press("ArrowRight");
  await expect(page.getByText(/Every day at 03:00, UTC/).first()).toBeVisible();
  await goTo("Recipe");

  await type(name, "by-keyboard-recipe");
  await pick("Base image", "amazon-linux-2023-x86");
  await pick("Add a component", "update-linux");
  await press("Create component");
  await expect(page.getByRole("grid")).toContainText("by-keyboard-component-1");
  await moveUpByKeyboard(page, "by-keyboard-component-1");
  await goTo("Infrastructure");

  await type(name, "by-keyboard-infrastructure");
  await type(page.getByRole("combobox", { name: "Instance profile" }), "EC2InstanceProfileForImageBuilder");
  await keyboard.press("Escape");
  await goTo("Distribution");

  await tabTo(page.getByLabel(/^None: the image stays/));
  await keyboard.press("ArrowRight");
  await type(name, "by-keyboard-distribution");
  await goTo("Review");
  await press("Create pipeline");
  await expect(page.getByRole("link", { name: "Open by-keyboard" })).toBeVisible();
  await press("Open by-keyboard", "link");
  await arriveAt(page, "by-keyboard");

  const made = await readBack(account, "by-keyboard");
  expect(made.imagePipeline?.schedule?.scheduleExpression).toBe("cron(0 3 * * ? *)");
  expect(made.infrastructureConfiguration?.name).toBe("by-keyboard-infrastructure");
  expect(made.distributionConfiguration?.name).toBe("by-keyboard-distribution");
  expect(componentsOf(made)).toEqual(["by-keyboard-component-1", "update-linux"]);
});

test("a draft survives a reload and another browser, and tells of a second person in it", async ({
  page,
  account,
  browser,
}) => {
  await beginFromNothing(page, account, "kept");
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  const address = page.url();
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("kept");

  const other = await browser.newPage();
  await other.goto(address);
  await expect(other.getByLabel("Name", { exact: true })).toHaveValue("kept");
  await expect(other.getByText("Another window has this draft open, too.")).toBeVisible();
  await other.getByRole("textbox", { name: "Description optional" }).fill("From the other window");
  await expect(other.getByText("Draft saved just now")).toBeVisible();
  // Told before anything is typed that could not be saved.
  await expect(page.getByText(/Another window saved/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Description optional" }).fill("From this window");
  await expect(page.getByText(/saved this draft from another window/)).toBeVisible();
  await other.close();

  await page.getByRole("button", { name: "Save mine as a new draft" }).click();
  await expect(page).not.toHaveURL(address);
  await expect(page.getByLabel("Description")).toHaveValue("From this window");
});

test("a creation that AWS refuses in the middle goes on from there once the reason is gone", async ({
  page,
  account,
}) => {
  await setTrouble(account, {
    errors: { "imagebuilder:CreateInfrastructureConfiguration": "ServiceQuotaExceededException" },
  });
  await open(page, urls.newPipeline(account.target), "Create pipeline");
  await page.getByRole("button", { name: /Web server on Amazon Linux 2023/ }).click();
  await arriveAt(page, /web-server/);
  await page.getByRole("button", { name: "Create pipeline" }).click();
  await expect(page.getByRole("heading", { name: "Stopped" })).toBeVisible();
  await expect(page.getByText("2 of 5")).toBeVisible();
  await arriveAt(page, /web-server/);

  await setTrouble(account, {});
  await open(page, urls.pipelines(account.target), "Pipelines");
  await page.getByRole("link", { name: "Continue or delete" }).click();
  await page.getByRole("button", { name: "Retry" }).click();
  await page.getByRole("link", { name: "Open web-server" }).click();
  await arriveAt(page, "web-server");
  const { componentVersionList = [] } = await account.imagebuilder.send(
    new ListComponentsCommand({ owner: "Self" }),
  );
  expect(componentVersionList).toHaveLength(1);
});

test("what a stopped creation has made is removed, and the draft is there to change", async ({
  page,
  account,
}) => {
  await account.imagebuilder.send(
    new CreateInfrastructureConfigurationCommand({
      name: "web-server-infrastructure",
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
    }),
  );
  await open(page, urls.newPipeline(account.target), "Create pipeline");
  await page.getByRole("button", { name: /Web server on Amazon Linux 2023/ }).click();
  await page.getByRole("button", { name: "Create pipeline" }).click();
  await expect(page.getByRole("heading", { name: "Stopped" })).toBeVisible();
  await page.getByRole("button", { name: "Delete created resources" }).click();
  const name = page.getByLabel("Name", { exact: true });
  await expect(name).toHaveValue("web-server-infrastructure");
  await expect(name).toHaveAccessibleDescription(/already exists/);

  const { componentVersionList = [] } = await account.imagebuilder.send(
    new ListComponentsCommand({ owner: "Self" }),
  );
  expect(componentVersionList).toEqual([]);
  await name.fill("web-server-infrastructure-2");
  await steps(page).getByRole("link", { name: "Review" }).click();
  await page.getByRole("button", { name: "Create pipeline" }).click();
  await expect(page.getByRole("link", { name: "Open web-server" })).toBeVisible();
  const { infrastructureConfigurationSummaryList = [] } = await account.imagebuilder.send(
    new ListInfrastructureConfigurationsCommand({}),
  );
  expect(infrastructureConfigurationSummaryList).toHaveLength(2);
});

test("thirty wrong inputs are each refused at their field, and nothing is sent or lost", async ({
  page,
  account,
}) => {
  await beginFromNothing(page, account, "wrong");
  const name = page.getByLabel("Name", { exact: true });
  for (const [text, reason] of WRONG_NAMES) {
    await name.fill(text);
    await expect(page.getByText(reason).first()).toBeVisible();
    await expect(name).toHaveValue(text);
  }
  const { imagePipelineList = [] } = await account.imagebuilder.send(new ListImagePipelinesCommand({}));
  expect(imagePipelineList).toEqual([]);
});

const CHARACTERS = /A name can contain letters, digits, spaces/;
const WRONG_NAMES: [string, RegExp][] = [
  ["a", /at least 3 characters/],
  ["ab", /at least 3 characters/],
  ["", /Enter a name/],
  ["a".repeat(129), /at most 128 characters/],
  ["a".repeat(10_000), /at most 128 characters/],
  [" abc", CHARACTERS],
  ["abc ", CHARACTERS],
  ...[..."!\"#$%&'()*+,./:;<=>?@[]^`{|}~"].map((character): [string, RegExp] => [
    `ab${character}c`,
    CHARACTERS,
  ]),
  ["<script>alert(1)</script>", CHARACTERS],
  ["naïve-image", CHARACTERS],
  ["構築-image", CHARACTERS],
  ["\u202Eevil-image", CHARACTERS],
  ["image-\u{1F680}", CHARACTERS],
];
