import { apiUrls, urls } from "@/lib/core/urls";
import { measurePageLoad } from "../scripts/measure-page-load.mjs";
import { expect, test } from "./support/console";

test("the first load of the pipelines page stays within 150 KB of JavaScript, 15 KB of CSS and 8 requests", async ({
  baseURL,
}) => {
  const url = `${baseURL}${urls.pipelines("demo")}`;
  const load = await measurePageLoad({ url, executablePath: process.env.E2E_BROWSER });
  const list = load.files.map((file) => `${file.brotliBytes} ${file.url}`).join("\n");
  expect(load.scriptBytes, `JavaScript, brotli:\n${list}`).toBeLessThanOrEqual(150_000);
  expect(load.styleBytes, `CSS, brotli:\n${list}`).toBeLessThanOrEqual(15_000);
  expect(load.requests.length, load.requests.join("\n")).toBeLessThanOrEqual(8);
});

test("scripts come compressed as they lie on disk, in brotli where the browser takes it", async ({
  page,
}) => {
  const scripts: Promise<[string | undefined, string | undefined]>[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith(".js"))
      scripts.push(
        response.allHeaders().then((headers) => [headers["content-encoding"], headers["content-length"]]),
      );
  });
  await page.goto(urls.pipelines("demo"));
  expect(scripts.length).toBeGreaterThan(0);
  for (const [encoding, length] of await Promise.all(scripts)) {
    expect(encoding).toBe("br");
    expect(Number(length), "known beforehand: nothing is compressed for a request").toBeGreaterThan(0);
  }
});

test("a poll that finds nothing new is answered without a body, and one that holds something else with it", async ({
  request,
  account,
}) => {
  const url = apiUrls.pipelines(account.target);
  const first = await request.get(url);
  const { etag = "" } = first.headers();
  expect(await first.json()).toMatchObject({ pipelines: [] });
  const again = await request.get(url, { headers: { "if-none-match": etag } });
  expect([again.status(), await again.text()]).toEqual([304, ""]);
  const other = await request.get(url, { headers: { "if-none-match": '"another"' } });
  expect([other.status(), other.headers()["cache-control"]]).toEqual([200, "no-store"]);
});
