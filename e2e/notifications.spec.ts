import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { urls } from "@/lib/core/urls";
import { expect, expectBuildStatus, open, runPipeline, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";

test("a build that fails is told to a webhook, signed, and the delivery log says so", async ({
  page,
  account,
}) => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    received.push({ headers: request.headers, body });
    response.end("ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  await open(page, urls.notifications(account.target), "Notifications");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Add receiver" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Send by").selectOption("webhook");
  await dialog.getByLabel("Name").fill("tickets");
  await dialog.getByLabel("URL").fill("https://169.254.169.254/latest/meta-data/");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("own network");
  await dialog.getByLabel("URL").fill(`http://127.0.0.1:${port}/hooks/goldsmith`);
  await dialog.getByRole("button", { name: "Save" }).click();
  const secret = (await dialog.getByText(/^whsec_/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();

  await main.getByRole("button", { name: "Send test" }).click();
  await expect(main.getByRole("row", { name: /Test message.*Delivered/ })).toBeVisible();
  await expect(main.getByRole("row", { name: /^tickets.*Works/ })).toBeVisible();

  await main.getByRole("button", { name: "Add rule" }).click();
  await dialog.getByRole("checkbox", { name: "Build failed" }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(main.getByRole("row", { name: /Build failed.*All names.*tickets/ })).toBeVisible();

  await createPipeline(account, "broken", documentOf("BreakHere", "exit 23"));
  await open(page, urls.pipeline(account.target, "broken"), "broken");
  await runPipeline(page);
  await expectBuildStatus(page, /failed/i);
  await open(page, urls.notifications(account.target), "Notifications");
  const delivered = main.getByRole("row", { name: /broken.*failed.*Delivered/ });
  await expect(delivered).toBeVisible({ timeout: 60_000 });
  const { headers, body } = received.at(-1) ?? { headers: {}, body: "" };
  const sent = new Webhook(secret.trim()).verify(body, headers as Record<string, string>) as { type: string };
  expect(sent.type).toBe("build.failed");
  server.close();

  await delivered.getByRole("link", { name: /failed/ }).click();
  await expect(page).toHaveURL(/\/images\/broken/);
});
