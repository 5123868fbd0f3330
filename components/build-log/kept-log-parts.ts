/**
 * How the server tells the browser, before the page comes to life, that the page opens on a log, and of how many parts
 * the log is that is kept of it, 0 for none: `<meta name="goldsmith-kept-log-parts" content="3">`. The page of a build
 * writes it; the start of the log's worker in instrumentation-client.ts is its one reader.
 */
export const KEPT_LOG_PARTS = "goldsmith-kept-log-parts";

/** Undefined where the page shows no log that is kept. */
export function readKeptLogParts(page: Pick<Document, "querySelector">): number | undefined {
  const content = page.querySelector<HTMLMetaElement>(`meta[name="${KEPT_LOG_PARTS}"]`)?.content;
  return Number(content) || undefined;
}

/** Whether the page shows its log at once: by its status or tab, or because the address names a line of it. */
export const opensOnLog = (page: Pick<Document, "querySelector">, hash: string): boolean =>
  page.querySelector(`meta[name="${KEPT_LOG_PARTS}"]`) !== null || /^#L\d/.test(hash);
