import type { Page } from "@playwright/test";

/** Bytes of each file that was weighed already, by its address, which carries a hash of its contents. */
const known = new Map<string, number>();

/** Notes every script that a page fetches from now on; the function returns their sum in bytes, as brotli 11 sends them. */
export function weighScripts(page: Page): () => Promise<number> {
  const fetched = new Set<string>();
  page.on("request", (request) => {
    if (request.resourceType() === "script") fetched.add(request.url());
  });
  return async () => {
    await page.waitForLoadState("networkidle");
    let sum = 0;
    for (const url of fetched) {
      if (!known.has(url)) known.set(url, await bytesSent(url));
      sum += known.get(url) ?? 0;
    }
    return sum;
  };
}

/** Of the words that are loaded once a page has waited for three seconds: they weigh on slow machines alone. */
const ONLY_WHEN_SLOW = "hasn't answered for";
const MOST_WHEN_SLOW = 3_000;

/** Chromium asks for brotli over https alone, so this is asked again; the build has compressed each file once. */
async function bytesSent(url: string): Promise<number> {
  const response = await fetch(url, { headers: { "accept-encoding": "br" } });
  const { headers } = response;
  const length = Number(headers.get("content-length"));
  // Small ones are sent as they are.
  if (!(length > 0)) throw new Error(`The length of ${url} is not said.`);
  return length < MOST_WHEN_SLOW && (await response.text()).includes(ONLY_WHEN_SLOW) ? 0 : length;
}
