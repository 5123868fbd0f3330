import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, open, test } from "./support/console";

/** The history of the demo is read while the first journeys run. */
const READ = { timeout: 90_000 };
const slower = (page: Page) => page.getByRole("table", { name: "What got slower" });
const chart = (page: Page) => page.getByRole("slider", { name: "Duration of builds" });

test("why builds got slower is two clicks away, and says since when and what changed then", async ({
  page,
}) => {
  await open(page, urls.overview("demo"), "Overview");
  await page
    .getByRole("navigation", { name: "Console" })
    .getByRole("link", { name: "History", exact: true })
    .click();
  await arriveAt(page, "History");
  await page
    .getByRole("navigation", { name: "Questions" })
    .getByRole("link", { name: "Durations", exact: true })
    .click();
  await expect(slower(page)).toBeVisible(READ);
  for (const name of ["Step", "Now", "Before", "Change", "Since", "Changed then"])
    await expect(slower(page).getByRole("columnheader", { name, exact: true })).toBeVisible();
  await expect(
    slower(page)
      .getByRole("cell", { name: /^(\w{3},? \d+ \w{3}|gradual|not known)$/ })
      .first(),
  ).toBeVisible();
});

test("the same by keys: the palette knows the durations, and the chart is read day by day", async ({
  page,
}) => {
  await open(page, urls.overview("demo"), "Overview");
  const palette = page.getByRole("dialog");
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette).toBeVisible({ timeout: 1_000 });
  }).toPass(READ);
  await page.keyboard.type("durations");
  await expect(palette.getByRole("option", { name: /Durations/ }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await arriveAt(page, "History");
  await expect(slower(page)).toBeVisible(READ);

  await chart(page).focus();
  await page.keyboard.press("End");
  const last = await chart(page).getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowLeft");
  await expect(chart(page)).not.toHaveAttribute("aria-valuetext", last ?? "");
  const [day = ""] = /\d+ \w{3}/.exec((await chart(page).getAttribute("aria-valuetext")) ?? "") ?? [];
  await expect(page.getByRole("link", { name: new RegExp(`^Builds of .*${day}$`) }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/show=builds.*from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
  await expect(page.getByRole("table", { name: "Builds" })).toBeVisible();
});

test("a range is zoomed into with the mouse and with Shift and the arrow keys", async ({ page }) => {
  await open(page, urls.history("demo", { show: "durations", days: "45" }), "History");
  await expect(slower(page)).toBeVisible(READ);
  // It comes with a script of its own.
  await chart(page).hover();
  const box = await chart(page).boundingBox();
  if (!box) throw new Error("The chart has no place.");
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  await page.mouse.move(...at(0.5));
  await page.mouse.down();
  await page.mouse.move(...at(0.8), { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
  const dragged = page.url();

  await chart(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(dragged);
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
});

test("times are shown in the zone that somebody chose, also on the next page", async ({ page }) => {
  await open(page, urls.builds("demo"), "Builds");
  const time = page.getByRole("main").locator("table time").first();
  await expect(time).toBeVisible(READ);
  const choice = page.getByRole("button", { name: /^Time zone:/ });
  await expect(async () => {
    await choice.click();
    await expect(choice).toHaveText("Time zone: UTC", { timeout: 1_000 });
  }).toPass(READ);
  await expect(time).toHaveAttribute("title", /UTC$/);
  await page.reload();
  await expect(choice).toHaveText("Time zone: UTC");
  await expect(time).toHaveAttribute("title", /UTC$/);
});
