import { queryOptions } from "@tanstack/react-query";
import type { DraftCompany } from "@/lib/authoring/drafts/types";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** Who else has a draft open. A hidden tab does not ask, and so is not counted as looking at it. */
export const draftCompanyQuery = (target: string, id: string, windowId: string) =>
  queryOptions({
    queryKey: ["drafts", target, id, windowId],
    queryFn: ({ signal }) => fetchJson<DraftCompany>(apiUrls.draftCompany(target, id, windowId), signal),
    refetchInterval: 10_000,
  });
