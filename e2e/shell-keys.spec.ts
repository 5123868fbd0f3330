import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, expectAccessible, open, test } from "./support/console";

const palette = (page: Page) => page.getByRole("dialog", { name: "Search or go to" });
const search = (page: Page) => palette(page).getByRole("combobox", { name: "Search" });
const shortcuts = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });
/** Every dialog in the page, hidden ones too: there is never a second one that takes the keys. */
const dialogs = (page: Page) => page.locator("dialog");

/** Each source of the palette answers in its own time, and what is newer comes first: the lines stay by then. */
async function settled(page: Page) {
  let before = "";
  const isSame = async () => {
    const now = await page
      .getByRole("option")
      .evaluateAll((options) => options.map(({ id }) => id).join(" "));
    const same = now !== "" && now === before;
    before = now;
    return same;
  };
  await expect.poll(isSame, { intervals: [700] }).toBe(true);
}

const WIDTHS = [1280, 390];

for (const width of WIDTHS) {
  test(`Ctrl+K, Cmd+K and ? each open one dialog that takes the keys, ${width} pixels wide`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, urls.overview("demo"), "Overview");
    for (const key of ["Control+k", "Meta+k"]) {
      await page.keyboard.press(key);
      await expect(palette(page)).toBeVisible();
      await expect(dialogs(page)).toHaveCount(1);
      await expect(search(page)).toBeFocused();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(dialogs(page)).toHaveCount(0);
    }
    await page.keyboard.press("?");
    await expect(shortcuts(page)).toBeVisible();
    await expect(dialogs(page)).toHaveCount(1);
    await expectAccessible(page);
    await page.keyboard.press("Control+k");
    await expect(palette(page)).toBeVisible();
    await expect(dialogs(page)).toHaveCount(1);
    // Somebody types a question: it is text, and opens nothing.
    await page.keyboard.press("?");
    await expect(search(page)).toHaveValue("?");
    await expect(shortcuts(page)).toHaveCount(0);
  });

  test(`a page and a pipeline are opened by keys alone, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await open(page, urls.overview("demo"), "Overview");
    await page.keyboard.press("Control+k");
    await expect(search(page)).toBeFocused();
    await page.keyboard.type("approv");
    await expect(page.getByRole("option").first()).toContainText("Approvals");
    await page.keyboard.press("Enter");
    await arriveAt(page, "Approvals");
    await expect(dialogs(page)).toHaveCount(0);

    await page.keyboard.press("Control+k");
    await expect(search(page)).toBeFocused();
    // No other journey makes one of this name: what other accounts build would come between.
    await page.keyboard.type("ecs-node");
    const first = page.getByRole("option").first();
    await expect(first).toContainText(/ecs-node/i);
    const second = page.getByRole("option").nth(1);
    await expect(second).toContainText(/ecs-node/i);
    await settled(page);
    await page.keyboard.press("ArrowDown");
    await expect(search(page)).toHaveAttribute(
      "aria-activedescendant",
      (await second.getAttribute("id")) ?? "",
    );
    await page.keyboard.press("ArrowUp");
    await expect(search(page)).toHaveAttribute(
      "aria-activedescendant",
      (await first.getAttribute("id")) ?? "",
    );
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/demo\/(pipelines|images)\/ecs-node/);
    await expect(dialogs(page)).toHaveCount(0);
  });
}

test("the palette says that it searches, and then that nothing has the name", async ({ page }) => {
  await open(page, urls.overview("demo"), "Overview");
  await page.keyboard.press("Control+k");
  await expect(search(page)).toBeFocused();
  await page.keyboard.type("no such thing");
  await expect(palette(page)).toContainText('No results for "no such thing"');
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();
});

test("keys typed while the palette loads are its text, and the first line is chosen at once", async ({
  page,
}) => {
  await open(page, urls.pipeline("demo", "web-base"), "web-base");
  await page.goto(urls.overview("demo"));
  await arriveAt(page, "Overview");
  // The palette's code is not loaded yet: nothing here waits for it.
  await page.keyboard.press("Control+k");
  await page.keyboard.type("#web-base");
  await expect(search(page)).toHaveValue("#web-base");
  const chosen = page.getByRole("option").first();
  await expect(chosen).toContainText(/web-base \d/);
  await expect(search(page)).toHaveAttribute(
    "aria-activedescendant",
    (await chosen.getAttribute("id")) ?? "",
  );
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+k");
  await expect(search(page)).toBeFocused();
  const recent = page.getByRole("group", { name: "Recent" }).getByRole("option").first();
  await expect(recent).toContainText("web-base");
  await expect(search(page)).toHaveAttribute(
    "aria-activedescendant",
    (await recent.getAttribute("id")) ?? "",
  );
  await page.keyboard.press("Enter");
  await arriveAt(page, "web-base");
});

test("an AMI ID finds its build, and a run is asked about before it starts", async ({ page }) => {
  await open(page, urls.images("demo"), "Images");
  const amiId =
    (await page
      .getByText(/^ami-\w+$/)
      .first()
      .textContent()) ?? "";
  expect(amiId).toMatch(/^ami-/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(amiId);
  const found = page.getByRole("group", { name: "AMIs" }).getByRole("option");
  await expect(found.first()).toContainText(amiId);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/demo\/images\/[^/]+\/[\d.]+\/\d+$/);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("> run web-base");
  await expect(page.getByRole("option").first()).toContainText("Run web-base");
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: /^Run web-base in / });
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(dialogs(page)).toHaveCount(0);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("theme dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
