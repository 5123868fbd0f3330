import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { chromium } from "@playwright/test";
import { browserFlags } from "./find-browser.mjs";

const NOT_FINISHED = "not finished";
/** Of each figure, and of all figures of one viewer: what takes longer is said to be not finished. */
const GIVE_UP_MS = 45_000;
const GIVE_UP_ALL_MS = 90_000;

/**
 * Opens a viewer once in a new browser with a new profile, at 1280 × 800, and says what reading a long log takes.
 * Times are milliseconds, sizes are MB. What the viewer cannot do is undefined; where it did not come to an end, or
 * its tab crashed, `failure` says so, and what comes after it is undefined.
 * @param {{ url: string, lines: number, executablePath: string | undefined, root: string,
 *   isLoaded: (lines: number) => boolean, searches: Record<string, { query: string, isRegex: boolean }>,
 *   search?: { toggleRegex?: string, input: string, isDone: () => boolean } }} viewer
 *   `root` selects what holds the lines; `isLoaded` and `search.isDone` run in the page.
 */
export async function measureLogViewer({ url, lines, executablePath, root, isLoaded, search, searches }) {
  const load = loadavg()[0];
  const args = [...browserFlags, "--disable-gpu", "--no-first-run", "--enable-precise-memory-info"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const limit = timeLimit(page);
    await page.addInitScript(watchPage, { giveUpMs: GIVE_UP_MS, root });
    await page.addInitScript(`globalThis.isLoaded = ${isLoaded}`);
    const figures = { load };
    try {
      await limit("opening", page.goto(url, { waitUntil: "commit" }));
      const ask = async (name, ...question) => {
        figures[name] = await limit(name, page.evaluate(...question));
      };
      await ask("first", () => globalThis.bench.first);
      await ask("loaded", (count) => globalThis.bench.loaded(count), lines);
      const last = `line=${String(lines - 1).padStart(7, "0")}`;
      await ask("end", (text) => globalThis.bench.end(text), last);
      await ask("frames", () => globalThis.bench.frames());
      await ask("longestTask", () => globalThis.bench.longestTask());
      Object.assign(figures, await limit("memory", readMemory(page)));
      for (const [name, query] of Object.entries(search ? searches : {})) {
        figures[name] = await limit(name, find(page, search, query));
      }
    } catch (error) {
      figures.failure = String(error.message).split("\n")[0];
    }
    return figures;
  } finally {
    await close(browser);
  }
}

/** Lets the work on a page take so long and no longer, whatever the page does: a busy one answers nothing. */
function timeLimit(page) {
  const until = performance.now() + GIVE_UP_ALL_MS;
  const crash = new Promise((_, reject) => page.on("crash", () => reject(new Error("the tab crashed"))));
  crash.catch(() => undefined);
  return async (name, work) => {
    const ms = Math.min(GIVE_UP_MS, Math.max(until - performance.now(), 0));
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${name} not finished in ${Math.round(ms / 1000)} s`)),
        ms + 1_000,
      );
    });
    // What goes on after its time fails when the browser is closed, and nobody waits for it.
    work.catch(() => undefined);
    const value = await Promise.race([work, crash, late]).finally(() => clearTimeout(timer));
    if (value === NOT_FINISHED) throw new Error(`${name} not finished in ${Math.round(GIVE_UP_MS / 1000)} s`);
    return value;
  };
}

/** A page that is busy for ever does not let its browser close. */
async function close(browser) {
  const closing = browser.close().catch(() => undefined);
  let timer;
  const late = new Promise((settle) => {
    timer = setTimeout(settle, 5_000);
  });
  await Promise.race([closing, late]);
  clearTimeout(timer);
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
function watchPage({ giveUpMs, root }) {
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
  const shows = (text) => (document.querySelector(root)?.textContent ?? "").includes(text);
  const until = async (holds) => {
    const giveUpAt = performance.now() + giveUpMs;
    while (!holds()) {
      if (performance.now() > giveUpAt) return "not finished";
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
        if (performance.now() - from > giveUpMs) return "not finished";
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
      const share = (part) => gaps[Math.ceil(gaps.length * part) - 1];
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
        if (performance.now() - from > giveUpMs) return "not finished";
        await frame();
      }
      return performance.now() - from;
    },
  };
}
