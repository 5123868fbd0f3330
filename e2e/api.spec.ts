import { spawn } from "node:child_process";
import { apiV1Urls, urls } from "@/lib/core/urls";
import { expect, open, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";
import { consolePort } from "./support/server";

const origin = `http://127.0.0.1:${consolePort}`;

/** The command line as a pipeline of somebody else's calls it. */
async function goldsmith(token: string, ...args: string[]) {
  const child = spawn(process.execPath, ["scripts/goldsmith.mjs", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GOLDSMITH_URL: origin, GOLDSMITH_TOKEN: token },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (part) => {
    out += part;
  });
  child.stderr.on("data", (part) => {
    err += part;
  });
  const code = await new Promise<number | null>((ended) => child.once("close", ended));
  return { code, out, err };
}

test("a token made in the browser runs a pipeline and takes its AMI, until it is revoked", async ({
  page,
  account,
  playwright,
}) => {
  const { target } = account;
  await createPipeline(account, "web", documentOf("SayHello", "echo hello"));
  await createPipeline(account, "broken", documentOf("BreakHere", "exit 23"));

  await open(page, urls.apiTokens(target), "API tokens");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Enter a name.");
  const name = `ci of ${target}`;
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByRole("button", { name: "Create" }).click();
  const token = ((await dialog.getByText(/^goldsmith_/).textContent()) ?? "").trim();
  expect(token).toMatch(/^goldsmith_[0-9A-Za-z]{38}$/);
  await dialog.getByRole("button", { name: "Done" }).click();
  const row = main.getByRole("row", { name: new RegExp(name) });
  await expect(row).toContainText(`operator on ${target}`);
  await expect(row).toContainText("Never");
  await expect(page.getByText(token)).toHaveCount(0);

  const good = await goldsmith(token, "run", "web", "--wait");
  expect(good, good.err).toMatchObject({ code: 0 });
  expect(good.out).toMatch(/^us-east-1 ami-[0-9a-f]{17}$/m);
  const bad = await goldsmith(token, "run", "broken", "--target", target, "--wait");
  expect(bad, bad.err).toMatchObject({ code: 1, out: "" });
  expect(bad.err).toContain("BreakHere");
  expect(bad.err).toContain("Fix: ");

  // A browser's door takes no token, and the programs' door no browser.
  const api = await playwright.request.newContext({ baseURL: origin });
  const authorization = `Bearer ${token}`;
  const list = `/api/v1/targets/${target}/pipelines`;
  expect((await api.get(list, { headers: { authorization } })).status()).toBe(200);
  expect((await api.get(list)).status()).toBe(401);
  const foreign = { authorization, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await api.post(`${list}/web/runs`, { headers: foreign })).status()).toBe(403);
  for (const path of ["/api/v1", "/api/v1/"])
    expect((await api.post(path, { headers: { authorization }, maxRedirects: 0 })).status()).toBeGreaterThan(
      300,
    );
  const document = await api.get(apiV1Urls.document());
  expect(await document.json()).toMatchObject({ openapi: "3.1.1" });
  await api.dispose();

  await page.reload();
  await expect(row).toContainText("from 127.0.0.1");
  await open(page, urls.audit(target), "Audit");
  await expect(main.getByText(`token "${name}" of Local administrator`).first()).toBeVisible();

  await open(page, urls.apiTokens(target), "API tokens");
  await row.getByRole("button", { name: "Revoke…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(main.getByRole("table", { name: "API tokens that have ended" })).toContainText(name);
  const late = await goldsmith(token, "run", "web");
  expect(late).toMatchObject({ code: 2, err: expect.stringContaining("was revoked") });
});

test("the API's page tells every operation, offline", async ({ page }) => {
  await open(page, urls.apiReference("demo"), "API");
  const main = page.getByRole("main");
  const run = main.getByRole("group").filter({ hasText: "/pipelines/{pipeline}/runs" });
  await run.getByText("Run a pipeline", { exact: true }).click();
  await expect(run.getByText(/Needs the role operator/)).toBeVisible();
  await expect(run.getByText("Idempotency-Key")).toBeVisible();
});
