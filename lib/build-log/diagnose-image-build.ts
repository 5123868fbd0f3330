import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import type { ImageBuild, ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import type { UseCase, UseCaseContext } from "@/lib/image-builder/use-case-context";
import { processConfig } from "@/lib/process-config";
import { collectEvidence, type LogText } from "./diagnosis/collect-evidence";
import { diagnoseFailure } from "./diagnosis/diagnose-failure";
import { readTeamRules } from "./diagnosis/team-rules";
import type { Diagnosis } from "./diagnosis/types";
import { LOG_START } from "./tail/log-chunk";
import { openTail } from "./tail/open-tail";
import { LogStore } from "./view/log-store";
import { StoredLogParser } from "./view/parse-stored-log";

/** Why a build failed: what, the line that shows it, cause and fix. Undefined for a build that did not fail. */
export async function diagnoseImageBuild({
  ctx,
  input,
}: UseCase<ImageBuildKey>): Promise<(Diagnosis & { mistake?: string }) | undefined> {
  await authorize(ctx, "diagnose-image-build", input.name);
  return diagnoseBuild(ctx, await getImageBuild({ ctx, input }));
}

/** The same for a build that has been read already. */
export async function diagnoseBuild(
  ctx: UseCaseContext,
  build: ImageBuild,
): Promise<(Diagnosis & { mistake?: string }) | undefined> {
  if (build.status !== "FAILED") return undefined;
  const [log, { rules, mistake }] = await Promise.all([
    logOf(ctx, build),
    readTeamRules(processConfig().diagnosisRulesFile),
  ]);
  const { failed, evidence } = collectEvidence(build, log);
  return { ...diagnoseFailure({ failed, evidence, teamRules: rules }), mistake };
}

/** What there is of the log; undefined where there is none, since AWS's answers say something without it. */
async function logOf(ctx: UseCaseContext, { log, arn }: ImageBuild): Promise<LogText | undefined> {
  const store = new LogStore();
  const leaving = new AbortController();
  const tail = await openTail(ctx, log, arn);
  for await (const message of tail.follow(LOG_START, leaving.signal)) {
    if (message.kind === "lines") store.appendText(message.batch.text, message.batch.times);
    else if (message.kind === "reset") store.clear();
    else if (message.kind === "state" && message.state.phase !== "opening") break;
  }
  leaving.abort();
  const parser = new StoredLogParser(store);
  while (parser.advance(10_000));
  if (store.lineCount === 0) return undefined;
  return { tree: parser.tree, line: (number) => store.line(number)?.text ?? "" };
}
