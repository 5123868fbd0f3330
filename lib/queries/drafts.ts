import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DraftCompany } from "@/lib/authoring/drafts/types";
import type { CheckedStep, DraftChecks } from "@/lib/authoring/preflight/types";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** Who else has a draft open. A hidden tab does not ask, and so is not counted as looking at it. */
export const draftCompanyQuery = (target: string, id: string, windowId: string) =>
  queryOptions({
    queryKey: ["drafts", target, id, windowId],
    queryFn: ({ signal }) => fetchJson<DraftCompany>(apiUrls.draftCompany(target, id, windowId), signal),
    refetchInterval: 10_000,
  });

/** What AWS says of one step of a draft at a revision: asked once, and again when the draft was changed. */
export const draftChecksQuery = (
  target: string,
  { id, revision }: { id: string; revision: number },
  step: CheckedStep,
) =>
  queryOptions({
    queryKey: ["draft-checks", target, id, step, revision],
    queryFn: ({ signal }) => fetchJson<DraftChecks>(apiUrls.draftChecks(target, id, step), signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
