import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { ChoiceKind, ChoiceList } from "@/lib/image-builder/choices/types";
import { fetchJson } from "./fetch-json";

/** What a picker offers; in another Region than the target's when one is given. */
export const choicesQuery = (target: string, kind: ChoiceKind, region?: string) =>
  queryOptions({
    queryKey: ["choices", target, kind, region ?? ""],
    queryFn: ({ signal }) => fetchJson<ChoiceList>(apiUrls.choices(target, kind, region), signal),
    staleTime: 30_000,
  });
