import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { urls } from "@/lib/core/urls";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type IdentityProvider,
  startIdentityProvider,
} from "@/lib/testing/identity-provider";
import { arriveAt, expect, test } from "./support/console";
import { consolePort, demoTarget, serverEnvironment, simulatorPort } from "./support/server";
import { type ServerProcess, START_MS, startServer } from "./support/server-process";

// A console of its own, where people sign in at a real provider that this file starts.
const port = consolePort + 3;
const origin = `http://127.0.0.1:${port}`;

let provider: IdentityProvider;
let server: ServerProcess;
// One console and one provider for all of them, one after another.
test.describe.configure({ mode: "default" });
test.beforeAll(async () => {
  test.setTimeout(START_MS + 10_000);
  provider = await startIdentityProvider({ redirectUris: [`${origin}/api/auth/callback/oidc`] });
  const data = mkdtempSync(join(tmpdir(), "goldsmith-sign-in-"));
  server = await startServer({
    ...serverEnvironment({ port, simulatorPort: simulatorPort + 3, data, targets: [demoTarget] }),
    GOLDSMITH_OIDC_ISSUER: provider.issuer,
    GOLDSMITH_OIDC_CLIENT_ID: CLIENT_ID,
    GOLDSMITH_OIDC_CLIENT_SECRET: CLIENT_SECRET,
    GOLDSMITH_ROLES: JSON.stringify([
      { group: "readers", role: "viewer" },
      { group: "web-team", role: "operator", target: "demo", names: "web-*" },
    ]),
  });
});
test.afterAll(async () => {
  await server?.kill("SIGTERM");
  await provider?.close();
});

test("who signs in comes back to the page that was asked for, may do what their groups say, and is told why not more", async ({
  page,
}) => {
  provider.person = { sub: "ana", email: "ana@example.com", name: "Ana", groups: ["readers", "web-team"] };
  await page.goto(`${origin}${urls.pipelines("demo")}?q=base`);
  await arriveAt(page, "Sign in to Goldsmith");
  await page.getByRole("link", { name: /^Sign in with/ }).click();
  await arriveAt(page, "Pipelines");
  await expect(page).toHaveURL(`${origin}${urls.pipelines("demo")}?q=base`);

  await page.goto(`${origin}${urls.pipelines("demo")}`);
  const pipelines = page.getByRole("row").filter({ has: page.getByRole("link") });
  await expect(pipelines.first()).toBeVisible();
  const own = page.getByRole("button", { name: /^Run pipeline web-/ }).first();
  const other = page.getByRole("button", { name: /^Run pipeline (?!web-)/ }).first();
  await expect(own).not.toHaveAttribute("aria-disabled");
  await expect(other).toHaveAttribute("aria-disabled", "true");
  await other.focus();
  await expect(other).toHaveAccessibleDescription(
    "You need the role operator on Demo to run this pipeline; yours covers web-*.",
  );

  await page.getByRole("link", { name: "Ana" }).click();
  await arriveAt(page, "Ana");
  await expect(page.getByRole("row", { name: /operator demo web-\* your group web-team/ })).toBeVisible();
  await expect(page.getByText("current browser")).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await arriveAt(page, "Sign in to Goldsmith");
  await page.goto(`${origin}${urls.overview("demo")}`);
  await arriveAt(page, "Sign in to Goldsmith");
});

test("who has no role sees nothing but their claims and why; who is refused at the provider sees that", async ({
  page,
  browser,
}) => {
  provider.person = { sub: "eve", email: "eve@example.com", name: "Eve", groups: ["visitors"] };
  await page.goto(`${origin}${urls.pipelines("demo")}`);
  await page.getByRole("link", { name: /^Sign in with/ }).click();
  await arriveAt(page, "Eve");
  await expect(page.getByText("You don't have access")).toBeVisible();
  await expect(
    page.getByText(/reports these groups: visitors. GOLDSMITH_ROLES maps none of them/),
  ).toBeVisible();

  provider.person = undefined;
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${origin}${urls.pipelines("demo")}`);
  await other.getByRole("link", { name: /^Sign in with/ }).click();
  await arriveAt(other, "Sign in to Goldsmith");
  await expect(other.getByRole("alert").first()).toContainText("denied the sign-in");
});
