import { brotliCompressSync, constants } from "node:zlib";
import type { Page, Response } from "@playwright/test";

/** Bytes of each file that was weighed already, by its address, which carries a hash of its contents. */
const known = new Map<string, number>();

/** Notes every script that a page fetches from now on; the function returns their sum in bytes, brotli 11. */
export function weighScripts(page: Page): () => Promise<number> {
  const fetched = new Map<string, Response>();
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") fetched.set(response.url(), response);
  });
  return async () => {
    await page.waitForLoadState("networkidle");
    let sum = 0;
    for (const [url, response] of fetched) {
      if (!known.has(url)) known.set(url, compressed(await response.body()));
      sum += known.get(url) ?? 0;
    }
    return sum;
  };
}

const compressed = (body: Buffer) =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
