"use client";
import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import { useRefusal } from "@/components/shell/permissions-provider";
import { Checkbox } from "@/components/ui/inputs";
import type { MovePlan } from "@/lib/authoring/version-moves/types";

/** What one press is going to create and change, in order, before it does. What is unticked stays with the old version. */
export function RepairChain({
  plan,
  name,
  from,
  pipeline,
  left,
  onLeft,
  isBusy,
}: {
  plan: MovePlan;
  name: string;
  from: string;
  pipeline: string | undefined;
  left: readonly string[];
  onLeft: (left: readonly string[]) => void;
  isBusy: boolean;
}) {
  const to = String(useWatch({ name: "semanticVersion" }) ?? "");
  const isLeft = (id: string | undefined) => id !== undefined && left.includes(id);
  return (
    <div className="grid gap-1.5">
      <ol
        aria-label="What will be created and updated"
        className="m-0 flex list-none flex-wrap gap-x-2 gap-y-1.5 p-0"
      >
        <ChainLink first>
          {name} <Versions from={from} to={to} />
        </ChainLink>
        {plan.steps.map(({ id, kind, name: what, version, newVersion, after, state, problem }) => {
          const noun = kind === "image-pipeline" ? "pipeline" : "recipe";
          const isOff = isLeft(id) || isLeft(after);
          return (
            <ChainLink key={id} isOff={isOff}>
              {state === "to do" && (
                <Checkbox
                  aria-label={`Update ${noun} ${what}`}
                  checked={!isOff}
                  disabled={isBusy || isLeft(after)}
                  onChange={({ target: { checked } }) =>
                    onLeft(checked ? left.filter((each) => each !== id) : [...left, id])
                  }
                />
              )}
              {noun} {what} {newVersion && state === "to do" && <Versions from={version} to={newVersion} />}
              {state === "follows by itself" && <span className="text-ink-3">follows by itself</span>}
              {state === "done" && <span className="text-ink-3">up to date</span>}
              {state === "to do" && !isOff && <StepRefusal kind={kind} name={what} />}
              {problem && !isOff && <span className="text-wait text-xs">{problem}</span>}
            </ChainLink>
          );
        })}
        {pipeline && (
          <ChainLink>
            run {pipeline} <RunRefusal pipeline={pipeline} />
          </ChainLink>
        )}
      </ol>
      {plan.hidden && <p className="m-0 text-wait text-xs">This list may be incomplete. {plan.hidden}</p>}
    </div>
  );
}

/** What would be refused on the way is said before anything is made. */
function StepRefusal({ kind, name }: Pick<MovePlan["steps"][number], "kind" | "name">) {
  const update = useRefusal("update-resource", name);
  const create = useRefusal("create-resource", name);
  return <Refused reason={kind === "image-pipeline" ? update : create} />;
}

const RunRefusal = ({ pipeline }: { pipeline: string }) => (
  <Refused reason={useRefusal("run-pipeline", pipeline)} />
);

const Refused = ({ reason }: { reason: string | undefined }) =>
  reason === undefined ? null : <span className="text-wait text-xs">{reason}</span>;

const Versions = ({ from, to }: { from: string | undefined; to: string }) => (
  <span className="text-xs">
    <span className="text-ink-3">{from} →</span> {to}
  </span>
);

/** One link of the chain. */
const ChainLink = ({
  first = false,
  isOff = false,
  children,
}: {
  first?: boolean;
  isOff?: boolean;
  children: ReactNode;
}) => (
  <li className="flex items-center gap-2">
    {!first && (
      <span aria-hidden="true" className="text-ink-3">
        →
      </span>
    )}
    <span
      className={`inline-flex flex-wrap items-center gap-x-1.5 rounded border border-line px-2 py-0.5 text-[13px] ${isOff ? "text-ink-3 line-through" : ""}`}
    >
      {children}
    </span>
  </li>
);
