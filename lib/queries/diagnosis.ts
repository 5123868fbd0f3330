import { queryOptions } from "@tanstack/react-query";
import type { Diagnosis } from "@/lib/build-log/diagnosis/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** Why a failed build failed; null for any other. A failed build does not change, so it is asked once. */
export const diagnosisQuery = (target: string, key: ImageBuildKey) =>
  queryOptions({
    queryKey: ["diagnosis", target, key.name, key.version, key.build],
    queryFn: ({ signal }) =>
      fetchJson<(Diagnosis & { mistake?: string }) | null>(apiUrls.diagnosis(target, key), signal),
    staleTime: 60_000,
  });
