import { ConsoleFailure } from "@/lib/core/failure";

/** A list that is longer than this is not read: 50,000 rows of Image Builder's. */
const MOST_PAGES = 2_000;

/** A caller that stops early is told when something is left, to say it where the list is shown. */
type Bound = { maxPages?: undefined; onCut?: undefined } | { maxPages: number; onCut: () => void };

/**
 * Walks the pages of a list until `load` gives no token, `enough` is content, or `maxPages` are read. No list is cut
 * in silence: without a bound of the caller's, one of more than 2,000 pages throws `unavailable`. A token that repeats
 * ends the walk too: some services answer so at the end.
 */
export async function collectPages<Item>({
  load,
  enough = () => false,
  maxPages = MOST_PAGES,
  onCut = tooLong,
}: {
  load: (token: string | undefined) => Promise<{ items: Item[] | undefined; next: string | undefined }>;
  /** Asked after each page with that page's items. */
  enough?: (page: Item[]) => boolean;
} & Bound): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const { items = [], next } = await load(token);
    for (const item of items) all.push(item);
    if (!next || next === token || enough(items)) return all;
    token = next;
  }
  onCut();
  return all;
}

function tooLong(): never {
  throw new ConsoleFailure({
    code: "unavailable",
    message: `AWS lists more than ${MOST_PAGES.toLocaleString("en-US")} pages; the rest was not read.`,
  });
}
