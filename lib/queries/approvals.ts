import { queryOptions } from "@tanstack/react-query";
import { apiUrls } from "@/lib/core/urls";
import type { WaitingStep } from "@/lib/image-builder/approvals/types";
import { fetchJson } from "./fetch-json";

/** Every step of the target that waits for a person. */
export const waitingStepsQuery = (target: string) =>
  queryOptions({
    queryKey: ["waiting-steps", target],
    queryFn: ({ signal }) => fetchJson<WaitingStep[]>(apiUrls.waitingSteps(target), signal),
    refetchInterval: 4_000,
  });
