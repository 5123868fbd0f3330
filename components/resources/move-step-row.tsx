import Link from "next/link";
import { Checkbox } from "@/components/ui/inputs";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import type { MoveStep } from "@/lib/authoring/version-moves/types";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { ChangeList } from "./change-list";

/** One step of a move: what changes, whether it is done, why it cannot be. */
export function MoveStepRow({
  target,
  step,
  isChosen,
  isRunning,
  isBusy,
  refusal,
  onChoose,
}: {
  target: string;
  step: MoveStep;
  isChosen: boolean;
  isRunning: boolean;
  isBusy: boolean;
  /** What AWS said when it was tried. */
  refusal?: string;
  onChoose: (chosen: boolean) => void;
}) {
  const { kind, name, version, newVersion, after, state, change, problem } = step;
  const words = kind === "image-pipeline" ? "pipeline" : KIND_FACTS[kind].one;
  const [tone, status] = stateOf(step, { isChosen, isRunning, isFailed: refusal !== undefined });
  return (
    <li className={`grid gap-1.5 px-3.5 py-2.5 ${after ? "pl-9" : ""}`}>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        {state === "to do" && (
          <Checkbox
            aria-label={`Update ${words} ${name}`}
            checked={isChosen}
            disabled={isBusy}
            onChange={({ target: { checked } }) => onChoose(checked)}
          />
        )}
        <Link
          href={
            kind === "image-pipeline"
              ? urls.pipeline(target, name)
              : urls.resource(target, { kind, name, version: state === "done" ? newVersion : version })
          }
          prefetch={false}
          className="font-[550] no-underline [overflow-wrap:anywhere] hover:underline"
        >
          {name}
        </Link>
        <span className="text-ink-3">
          {words}
          {newVersion && state !== "follows by itself" && (
            <>
              {", "}
              <span className="font-mono text-xs">
                {state === "done" ? newVersion : `${version} to ${newVersion}`}
              </span>
            </>
          )}
        </span>
        <span className="ml-auto">
          <StatusBadge tone={tone}>{status}</StatusBadge>
        </span>
      </div>
      {problem && state === "to do" && <p className="m-0 text-wait">{problem} AWS will reject this step.</p>}
      {refusal && (
        <p role="alert" className="m-0 text-fail [overflow-wrap:anywhere]">
          {refusal}
        </p>
      )}
      {change && (
        <details>
          <summary className="cursor-pointer text-ink-2 text-xs">Changes</summary>
          <div className="pt-1.5">
            <ChangeList before={change.before} after={change.after} />
          </div>
        </details>
      )}
    </li>
  );
}

function stateOf(
  { state }: MoveStep,
  { isChosen, isRunning, isFailed }: { isChosen: boolean; isRunning: boolean; isFailed: boolean },
): [BadgeTone, string] {
  if (state === "done") return ["ok", "updated"];
  if (state === "follows by itself") return ["ok", "automatic"];
  if (isRunning) return ["run", "moving"];
  if (isFailed) return ["fail", "refused"];
  return isChosen ? ["wait", "pending"] : ["mute", "skipped"];
}
