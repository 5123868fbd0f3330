"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { writeAddress } from "@/components/ui/navigation-under-way";

type Sort = { column: string; descending?: boolean };

/** Search, filters and sort of a table, kept in the URL: `?q=web&status=DISABLED&sort=-lastRun`. */
export function useTableState(defaultSort: Sort | undefined) {
  const pathname = usePathname();
  const search = useSearchParams();
  const set = (name: string, value: string) =>
    // The latest address, not the last rendered one: two changes may come before a render.
    writeAddress((next) => {
      if (value) next.set(name, value);
      else next.delete(name);
      return next.size > 0 ? `${pathname}?${next}` : pathname;
    });
  const sort = search.get("sort");
  return {
    query: search.get("q") ?? "",
    setQuery: (query: string) => set("q", query),
    filterOf: (id: string) => search.get(id) ?? "",
    setFilter: set,
    sort: sort ? { column: sort.replace(/^-/, ""), descending: sort.startsWith("-") } : defaultSort,
    setSort: ({ column, descending }: Sort) => set("sort", `${descending ? "-" : ""}${column}`),
  };
}
