import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { chromium } from "@playwright/test";
import { browserFlags } from "./find-browser.mjs";

const GIVE_UP_MS = 60_000;

/**
 * Opens a viewer once in a new browser with a new profile, at 1280 × 800, and says what reading a long log takes.
 * Times are milliseconds, sizes are MB. What the viewer cannot do, or does not do in a minute, is undefined.
 * @param {{ url: string, lines: number, executablePath: string | undefined,
 *   isLoaded: (lines: number) => boolean, searches: Record<string, { query: string, isRegex: boolean }>,
 *   search?: { toggleRegex?: string, input: string, isDone: () => boolean } }} viewer
 *   `isLoaded` and `search.isDone` run in the page.
 */
export async function measureLogViewer({ url, lines, executablePath, isLoaded, search, searches }) {
  const load = loadavg()[0];
  const args = [...browserFlags, "--disable-gpu", "--no-first-run", "--enable-precise-memory-info"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(GIVE_UP_MS);
    await page.addInitScript(watchPage);
    await page.addInitScript(`globalThis.isLoaded = ${isLoaded}`);
    let crashed = false;
    page.on("crash", () => {
      crashed = true;
    });
    const figures = { load };
    try {
      await page.goto(url, { waitUntil: "commit" });
      figures.first = await page.evaluate(() => globalThis.bench.first);
      figures.loaded = await page.evaluate((count) => globalThis.bench.loaded(count), lines);
      figures.end = await page.evaluate(
        (last) => globalThis.bench.end(last),
        `line=${String(lines - 1).padStart(7, "0")}`,
      );
      figures.frames = await page.evaluate(() => globalThis.bench.frames());
      figures.longestTask = await page.evaluate(() => globalThis.bench.longestTask());
      Object.assign(figures, await readMemory(page));
      for (const [name, query] of Object.entries(search ? searches : {})) {
        figures[name] = await find(page, search, query);
      }
    } catch (error) {
      figures.failure = crashed ? "the tab crashed" : String(error.message).split("\n")[0];
    }
    return figures;
  } finally {
    await browser.close();
  }
}

async function find(page, { input, toggleRegex, isDone }, { query, isRegex }) {
  if (isRegex && !toggleRegex) return undefined;
  if (isRegex) await page.click(toggleRegex);
  await page.evaluate(`globalThis.isFound = ${isDone}`);
  return page.evaluate(([selector, text]) => globalThis.bench.find(selector, text), [input, query]);
}

async function readMemory(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize = 0 } = await session.send("Runtime.getHeapUsage");
  const browserSession = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await browserSession.send("SystemInfo.getProcessInfo");
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => residentOf(id));
  const mb = (bytes) => bytes / 1_000_000;
  return {
    heap: mb(usedSize),
    backing: mb(backingStorageSize),
    resident: Math.max(...sizes.map(({ now }) => now)),
    peak: Math.max(...sizes.map(({ peak }) => peak)),
  };
}

function residentOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const mb = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1000;
    return { now: mb("VmRSS"), peak: mb("VmHWM") };
  } catch {
    // Only Linux tells.
    return { now: Number.NaN, peak: Number.NaN };
  }
}

/** Runs in the page before any of its scripts. */
function watchPage() {
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: "longtask", buffered: true });

  const frame = () => new Promise((settle) => requestAnimationFrame(settle));
  const painted = async () => {
    await frame();
    await frame();
    return performance.now();
  };
  const shows = (text) => (document.body?.textContent ?? "").includes(text);
  const until = async (holds, giveUpMs = 60_000) => {
    const giveUpAt = performance.now() + giveUpMs;
    while (!holds()) {
      if (performance.now() > giveUpAt) return undefined;
      await frame();
    }
    return painted();
  };
  /** What scrolls, and is tallest. */
  const scroller = () =>
    [...document.querySelectorAll("*")]
      .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowY))
      .sort((a, b) => b.scrollHeight - a.scrollHeight)[0];

  globalThis.bench = {
    first: until(() => shows("line=0000000")),
    loaded: (lines) => until(() => globalThis.isLoaded(lines)),
    async end(lastLine) {
      const element = scroller();
      const from = performance.now();
      while (!shows(lastLine)) {
        if (performance.now() - from > 60_000) return undefined;
        element.scrollTop = element.scrollHeight;
        await painted();
      }
      return performance.now() - from;
    },
    async frames() {
      const element = scroller();
      element.scrollTop = 0;
      await new Promise((settle) => setTimeout(settle, 300));
      const gaps = [];
      const until = performance.now() + 2_000;
      for (let before = await frame(); before < until; ) {
        element.scrollTop += 1_000;
        const now = await frame();
        gaps.push(now - before);
        before = now;
      }
      gaps.sort((a, b) => a - b);
      const share = (part) => gaps[Math.floor((gaps.length - 1) * part)];
      return { p50: share(0.5), p95: share(0.95), count: gaps.length };
    },
    longestTask: () => Math.max(0, ...tasks),
    async find(selector, query) {
      const input = document.querySelector(selector);
      const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      const type = (text) => {
        set.call(input, text);
        input.dispatchEvent(new Event("input", { bubbles: true }));
      };
      type("");
      await until(() => !globalThis.isFound());
      const from = performance.now();
      type(query);
      while (!globalThis.isFound()) {
        if (performance.now() - from > 60_000) return undefined;
        await frame();
      }
      return performance.now() - from;
    },
  };
}
