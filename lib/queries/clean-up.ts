import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { CleanUpPlan } from "@/lib/fleet/clean-up/types";
import { fetchJson } from "./fetch-json";

/** What a clean-up of a pipeline would remove now. Read when it is asked for: it asks AWS about everything. */
export const cleanUpQuery = (target: string, name: string) =>
  queryOptions({
    queryKey: ["clean-up", target, name],
    queryFn: ({ signal }) => fetchJson<CleanUpPlan>(apiUrls.cleanUp(target, name), signal),
    // The page comes with the plan; asking again at once would draw its buttons otherwise than the server did.
    staleTime: 60_000,
  });
