import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "@playwright/test";
import { browserFlags } from "./find-browser.mjs";

/** A row of data, and not of a skeleton: it links to what it shows. */
const FIRST_ROW = "tbody a[href], [role=row] a[href]";

/**
 * Loads a page once in a new browser with a new profile, at 1280 × 800, and says what that took.
 * @param {{ url: string, executablePath: string | undefined }} page
 * @returns {Promise<PageLoad>} `scriptBytes` and `styleBytes` are brotli 11 of each file that was fetched until
 *   the network fell silent; `requests` counts all that had begun when the first row of data was painted.
 *
 * @typedef {{ url: string, type: string, bytes: number, brotliBytes: number }} LoadedFile
 * @typedef {{ scriptBytes: number, styleBytes: number, requests: string[], firstPaintMs: number,
 *   firstRowMs: number, blockingMs: number, files: LoadedFile[] }} PageLoad
 */
export async function measurePageLoad({ url, executablePath }) {
  const browser = await chromium.launch({ executablePath, args: [...browserFlags, "--disable-gpu"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const responses = [];
    page.on("response", (response) => responses.push(response));
    await page.addInitScript(watchPage, FIRST_ROW);
    await page.goto(url);
    await page.waitForFunction(() => globalThis.pageLoad.firstRowMs !== undefined);
    await page.waitForLoadState("networkidle");
    const seen = await page.evaluate(() => globalThis.pageLoad.finish());
    const files = await Promise.all(
      responses.filter((response) => isFileType(response.request().resourceType())).map(weigh),
    );
    const sum = (type) =>
      files.filter((file) => file.type === type).reduce((total, file) => total + file.brotliBytes, 0);
    return { ...seen, scriptBytes: sum("script"), styleBytes: sum("stylesheet"), files };
  } finally {
    await browser.close();
  }
}

/** Runs in the page before any of its scripts. */
function watchPage(firstRow) {
  const state = { firstRowMs: undefined, blockingMs: 0, requests: [] };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) state.blockingMs += Math.max(0, duration - 50);
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    if (!document.querySelector(firstRow)?.checkVisibility()) return requestAnimationFrame(look);
    // Found in this frame, painted by the next.
    requestAnimationFrame(() => {
      state.firstRowMs = performance.now();
      const begun = performance
        .getEntriesByType("resource")
        .filter((entry) => entry.startTime < state.firstRowMs);
      state.requests = [location.href, ...begun.map((entry) => entry.name)];
    });
  };
  look();
  globalThis.pageLoad = {
    get firstRowMs() {
      return state.firstRowMs;
    },
    finish: () => ({
      ...state,
      firstPaintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    }),
  };
}

const isFileType = (type) => type === "script" || type === "stylesheet";

async function weigh(response) {
  const body = await response.body();
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return {
    url: response.url(),
    type: response.request().resourceType(),
    bytes: body.length,
    brotliBytes: brotliCompressSync(body, { params }).length,
  };
}
