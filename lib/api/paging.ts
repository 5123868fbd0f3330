import { z } from "zod";

const MAX_ITEMS = 200;
const DEFAULT_ITEMS = 50;

/** Members of a query that asks for a page at a time. */
export const pagingFields = {
  limit: z.coerce
    .number("limit is a number.")
    .int("limit is a whole number.")
    .min(1, "limit is at least 1.")
    .max(MAX_ITEMS, `limit is at most ${MAX_ITEMS}.`)
    .default(DEFAULT_ITEMS)
    .describe(`Items of a page, at most ${MAX_ITEMS}.`),
  cursor: z
    .string()
    .max(1_000, "This cursor is not from this list.")
    .optional()
    .describe("Where the page before ended: its `nextCursor`."),
};

const MAX_WAIT_SECONDS = 60;

/** Member of a query that holds an answer back. `end` says until when, as in "the build's end". */
export const waitField = (end: string) =>
  z.coerce
    .number("wait is a number of seconds.")
    .int("wait is a whole number of seconds.")
    .min(0, "wait is at least 0.")
    .max(MAX_WAIT_SECONDS, `wait is at most ${MAX_WAIT_SECONDS} seconds.`)
    .default(0)
    .describe(`Seconds to wait for ${end}, at most ${MAX_WAIT_SECONDS}.`);

/** What every answer with pages has beside its items. */
export const nextCursorField = z
  .string()
  .optional()
  .describe("Ask again with it for more; absent at the end.");

/**
 * The page of a sorted list after a cursor, which is the key of the last item seen: what is added or taken away
 * between two pages moves nothing else.
 */
export function pageOf<Item>(
  items: Item[],
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  keyOf: (item: Item) => string,
): { items: Item[]; cursor?: string } {
  const after = cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString("utf8");
  const sorted = items
    .map((item) => ({ item, key: keyOf(item) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const left = after === undefined ? sorted : sorted.filter(({ key }) => key > after);
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(last && left.length > page.length && { cursor: Buffer.from(last.key).toString("base64url") }),
  };
}
