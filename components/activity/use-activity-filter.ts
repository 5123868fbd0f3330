"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { writeAddress } from "@/components/ui/navigation-under-way";
import type { ActivityFilter } from "@/lib/activity/types";
import { activitySearch, readActivityFilter } from "@/lib/queries/activity";

/** The filter as it stands in the address, and a way to change part of it there. */
export function useActivityFilter() {
  const pathname = usePathname();
  const search = useSearchParams();
  const filter = readActivityFilter((name) => search.get(name));
  const choose = (change: ActivityFilter) =>
    // The latest address, not the last rendered one: two changes may come before a render.
    writeAddress((query) => {
      const latest = readActivityFilter((name) => query.get(name));
      return `${pathname}?${activitySearch({ ...latest, ...change })}`;
    });
  return { filter, choose, pathname, search, isFiltered: activitySearch(filter).size > 0 };
}
