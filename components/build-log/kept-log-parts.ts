/**
 * How the server tells the browser, before the page comes to life, of how many parts the kept log is that the page
 * shows: `<meta name="goldsmith-kept-log-parts" content="3">`. The page of a build writes it; the start of the log's
 * worker in instrumentation-client.ts is its one reader, and need then not ask whether the log is kept.
 */
export const KEPT_LOG_PARTS = "goldsmith-kept-log-parts";

/** Undefined where the page shows no log that is kept. */
export function readKeptLogParts(page: Pick<Document, "querySelector">): number | undefined {
  const content = page.querySelector<HTMLMetaElement>(`meta[name="${KEPT_LOG_PARTS}"]`)?.content;
  return Number(content) || undefined;
}
