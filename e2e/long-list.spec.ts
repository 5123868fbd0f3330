import { CreateComponentCommand } from "@aws-sdk/client-imagebuilder";
import { expect, open, test } from "./support/console";
import { documentOf } from "./support/documents";

const COUNT = 300;

test("of a long list the rows in view are drawn, and all of it is sorted, walked, ticked, searched and printed", async ({
  page,
  account,
}) => {
  for (let number = 0; number < COUNT; number++) {
    const command = new CreateComponentCommand({
      name: `part-${String(number).padStart(3, "0")}`,
      semanticVersion: "1.0.0",
      platform: "Linux",
      data: documentOf("Say", "echo part"),
      clientToken: `part-${number}-of-a-long-list`,
    });
    await account.imagebuilder.send(command);
  }
  await open(page, `/${account.target}/build-components`, /components/i);
  const table = page.getByRole("table");
  const rows = table.getByRole("row");
  const link = (number: number) =>
    page.getByRole("link", { name: `part-${String(number).padStart(3, "0")}`, exact: true });
  await expect(table).toHaveAttribute("aria-rowcount", String(COUNT + 1));
  await expect(link(0)).toBeVisible();
  expect(await rows.count()).toBeLessThan(100);
  await expect(rows.filter({ has: link(0) })).toHaveAttribute("aria-rowindex", "2");

  // The end of the page is the end of the list.
  await expect(async () => {
    await page.keyboard.press("End");
    await expect(link(COUNT - 1)).toBeInViewport({ timeout: 1_000 });
  }).toPass();
  await expect(rows.filter({ has: link(COUNT - 1) })).toHaveAttribute("aria-rowindex", String(COUNT + 1));
  await expect(link(0)).toHaveCount(0);
  expect(await rows.count()).toBeLessThan(100);

  // Rows are walked past what was drawn when the walk began.
  await page.keyboard.press("Home");
  await link(0).focus();
  for (let step = 0; step < 90; step++) await page.keyboard.press("ArrowDown");
  await expect(link(90)).toBeFocused();
  await expect(link(90)).toBeInViewport();

  await page.getByRole("button", { name: "Name" }).click();
  await page.keyboard.press("Home");
  await expect(link(COUNT - 1)).toBeVisible();
  await page.getByRole("searchbox").fill("part-29");
  await expect(rows).toHaveCount(11);
  await page.getByRole("searchbox").fill("");
  await expect(table).toHaveAttribute("aria-rowcount", String(COUNT + 1));

  // What looks at drawn rows alone finds them all: paper, and the search of the browser.
  await page.keyboard.press("ControlOrMeta+f");
  await expect(rows).toHaveCount(COUNT + 1);
  await expect(link(150)).toBeAttached();
});
