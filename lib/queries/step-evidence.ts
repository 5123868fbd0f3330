import { queryOptions } from "@tanstack/react-query";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { apiUrls, type StepEvidence } from "@/lib/core/urls";
import type {
  AgentEvidence,
  ConsoleOutputEvidence,
  RunCommandEvidence,
  ScreenshotEvidence,
} from "@/lib/image-builder/step-evidence/types";
import { fetchJson } from "./fetch-json";

type Answers = {
  "run-command": RunCommandEvidence;
  agent: AgentEvidence;
  "console-output": ConsoleOutputEvidence;
  screenshot: ScreenshotEvidence;
};

/** What is behind a workflow step. Asked once for each opening: what is sensitive is on record each time it is read. */
export const stepEvidenceQuery = <Kind extends StepEvidence>(
  target: string,
  key: ImageBuildKey,
  step: string,
  kind: Kind,
) =>
  queryOptions({
    queryKey: ["step-evidence", target, key.name, key.version, key.build, step, kind],
    queryFn: ({ signal }) => fetchJson<Answers[Kind]>(apiUrls.stepEvidence(target, key, step, kind), signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
