import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { Settings } from "@/lib/settings/types";
import { fetchJson } from "./fetch-json";

/** What the console is set to. */
export const settingsQuery = (target: string) =>
  queryOptions({
    queryKey: ["settings", target],
    queryFn: ({ signal }) => fetchJson<Settings>(apiUrls.settings(target), signal),
  });
