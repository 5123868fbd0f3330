/**
 * Walks the pages of a list until `load` gives no token, `enough` is content, or `maxPages` are read.
 * A token that repeats ends the walk too: some services answer so at the end.
 */
export async function collectPages<Item>({
  load,
  enough = () => false,
  maxPages = 400,
}: {
  load: (token: string | undefined) => Promise<{ items: Item[] | undefined; next: string | undefined }>;
  /** Asked after each page with that page's items. */
  enough?: (page: Item[]) => boolean;
  maxPages?: number;
}): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const { items = [], next } = await load(token);
    all.push(...items);
    if (!next || next === token || enough(items)) break;
    token = next;
  }
  return all;
}
