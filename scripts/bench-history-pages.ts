import { chromium, type Page } from "@playwright/test";
import { HISTORY_SHOWS } from "../lib/history/types";
import { startConsole, stopConsole } from "./bench-console.mjs";
import { inWords, timeRounds, timesOf } from "./bench-history-times";
import { browserFlags, findOrInstallBrowser } from "./find-browser.mjs";

const ROUNDS = 20;
const PORT = Number(process.env.BENCH_PORT ?? 3290);
/** Packages and coming runs are parts of other pages, and are read from AWS. */
const SHOWS = HISTORY_SHOWS.filter((show) => show !== "packages" && show !== "coming");
/** None of one round is among those of the one before: nothing is answered from what the browser has. */
const PIPELINES = Array.from({ length: ROUNDS }, (_, round) => `p${round + 1}`);

/**
 * The pages of a console over the rows in `data`, in Chromium: from asking for a page until its figures are
 * painted; from choosing another pipeline, and another number of days, until theirs are.
 */
export async function timePages({
  data,
  databaseUrl,
}: {
  data: string;
  databaseUrl?: string;
}): Promise<void> {
  const target = { id: "t0", label: "t0", accountId: "111111111111", region: "us-east-1" };
  const server = await startConsole({
    port: PORT,
    data,
    env: {
      GOLDSMITH_TARGETS: JSON.stringify([target]),
      GOLDSMITH_HISTORY_RATE: "0",
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    },
  });
  const executablePath = await findOrInstallBrowser();
  const browser = await chromium.launch({ executablePath, args: [...browserFlags, "--disable-gpu"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // The compiler wraps functions with this one, which the page does not have.
    await page.addInitScript("globalThis.__name = (named) => named");
    for (const show of SHOWS) {
      const url = `http://127.0.0.1:${PORT}/t0/history?show=${show}`;
      await shownAfter(page, url);
      const opened: number[] = [];
      for (let round = 0; round < ROUNDS; round++) opened.push(await shownAfter(page, url));
      // The field has its names when the page is alive.
      await page.waitForSelector(`select[aria-label=Pipeline] option[value=${PIPELINES[0]}]`, {
        state: "attached",
      });
      const chosen: number[] = [];
      for (const pipeline of PIPELINES) chosen.push(await answeredAfter(page, pipeline));
      const answer = (pipeline: string) =>
        `http://127.0.0.1:${PORT}/api/t0/history/${show}?pipeline=${pipeline}`;
      let round = 0;
      const fetched = await timeRounds(ROUNDS, () => readAll(answer(PIPELINES[round++] ?? "p1")));
      console.log(`  page      ${show.padEnd(10)} ${inWords(timesOf(opened))}`);
      console.log(`  filter    ${show.padEnd(10)} ${inWords(timesOf(chosen))}`);
      console.log(`  its route ${show.padEnd(10)} ${inWords(fetched)}`);
    }
  } finally {
    await browser.close();
    await stopConsole(server);
  }
}

/**
 * Milliseconds from the start of the navigation until the first frame that has the answer. What a panel reads from AWS
 * besides, such as schedules, comes after it.
 */
async function shownAfter(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: "commit" });
  const shown = await page.waitForFunction(() =>
    document.querySelector("[data-history-answer] h2") ? performance.now() : undefined,
  );
  return (await shown.jsonValue()) ?? Number.NaN;
}

/** Milliseconds from choosing a pipeline until the frame after the one that has its figures. */
function answeredAfter(page: Page, pipeline: string): Promise<number> {
  return page.evaluate(async (name) => {
    const answer = () => document.querySelector("[data-history-answer]");
    const before = answer()?.textContent;
    const field = document.querySelector<HTMLSelectElement>("select[aria-label=Pipeline]");
    if (!field) throw new Error("no field for the pipeline");
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    const startedAt = performance.now();
    field.value = name;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    while (answer()?.textContent === before) {
      if (performance.now() - startedAt > 10_000) throw new Error(`no other figures at ${location.href}`);
      await frame();
    }
    await frame();
    return performance.now() - startedAt;
  }, pipeline);
}

async function readAll(url: string): Promise<void> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text.slice(0, 200)}`);
}
