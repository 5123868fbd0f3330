"use client";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState, useTransition } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { useTargetNames } from "@/components/shell/target-names";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/inputs";
import { ModalPanel } from "@/components/ui/modal-panel";
import { RefusalNote } from "@/components/ui/refusal-note";
import { Skeleton } from "@/components/ui/skeleton";
import { showToast } from "@/components/ui/toasts";
import { useConfirmGuard } from "@/components/ui/use-confirm-guard";
import { createResourceAction } from "@/lib/actions/resource-actions";
import type { Refusal } from "@/lib/core/failure";
import type { ResourceKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { AccountComparison } from "@/lib/definitions/types";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import { accountComparisonQuery } from "@/lib/queries/resources";
import { ChangeList } from "./change-list";

/** How a resource differs from the one of its name in another account; copies it there. */
export function CompareAccountsDialog({
  target,
  resourceKey,
  others,
  onClose,
}: {
  target: string;
  resourceKey: ResourceKey;
  others: TargetSummary[];
  onClose: () => void;
}) {
  const { kind, name } = resourceKey;
  const [other, setOther] = useState(others[0]?.id ?? "");
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const tokens = useRef(new Map<string, string>());
  const labelOf = useTargetNames();
  const { data, error, refetch } = useQuery(accountComparisonQuery(target, resourceKey, other));
  const { label: otherLabel, environment } = others.find(({ id }) => id === other) ?? {};
  const isProduction = environment === "production";
  const guard = useConfirmGuard(isProduction, isProduction ? otherLabel : undefined);
  const copy = ({ copy: input, label }: AccountComparison) =>
    start(async () => {
      setRefusal(undefined);
      // The same copy sent twice makes one resource.
      const clientToken = tokens.current.get(other) ?? crypto.randomUUID();
      tokens.current.set(other, clientToken);
      const result = await createResourceAction({ target: other, kind, input, clientToken });
      if (!result.ok) return setRefusal(Object.values(result.error.fields ?? {})[0] ?? result.error);
      const version = typeof input.semanticVersion === "string" ? input.semanticVersion : undefined;
      showToast({
        text: `Copied ${name} to ${label}.`,
        link: { href: urls.resource(other, { kind, name, version }), label: "Open" },
      });
      onClose();
    });
  return (
    <ModalPanel label={`Compare ${name} between accounts`} isWide onClose={onClose}>
      <div className="grid gap-3 p-4">
        <h2 className="m-0 font-semibold text-[15px] [overflow-wrap:anywhere]">{`Compare ${name} between accounts`}</h2>
        <label className="flex flex-wrap items-center gap-2 text-ink-2">
          {`${labelOf(target)} with`}
          <Select
            look="bar"
            value={other}
            onChange={({ target: { value } }) => {
              setRefusal(undefined);
              setOther(value);
            }}
          >
            {others.map(({ id, label, region }) => (
              <option key={id} value={id}>
                {`${label}, ${region}`}
              </option>
            ))}
          </Select>
        </label>
        {error ? (
          <ReadFailure title="Couldn't compare" error={error} onRetry={refetch} />
        ) : data ? (
          <Comparison comparison={data} one={KIND_FACTS[kind].one} name={name} />
        ) : (
          <Skeleton label="Comparing the accounts" lines={5} />
        )}
        {data && data.blocked.length === 0 && guard.field}
        {refusal && <RefusalNote refusal={refusal} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            disabled={isBusy || !data || data.blocked.length > 0 || !guard.isOpen}
            onClick={() => data && copy(data)}
          >
            {`Copy to ${labelOf(other)}`}
          </Button>
        </div>
      </div>
    </ModalPanel>
  );
}

function Comparison({
  comparison: { label, there, before, after, lacks, notes, blocked },
  one,
  name,
}: {
  comparison: AccountComparison;
  one: string;
  name: string;
}) {
  return (
    <>
      {before ? (
        <section aria-label="Differences" className="grid min-w-0 gap-1.5">
          <p className="m-0 text-ink-2">
            {`From ${[there?.name, there?.version].filter(Boolean).join(" ")} of ${label} to this one:`}
          </p>
          <ChangeList before={before} after={after} />
        </section>
      ) : (
        <p className="m-0">{`${label} has no ${one} called ${name}.`}</p>
      )}
      <Sentences label="Missing in the other account" sentences={[...blocked, ...lacks]} />
      <Sentences label="Does not carry over" sentences={notes} />
    </>
  );
}

function Sentences({ label, sentences }: { label: string; sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul aria-label={label} className="m-0 grid list-none gap-1 p-0 text-wait">
      {sentences.map((sentence) => (
        <li key={sentence} className="[overflow-wrap:anywhere]">
          <span aria-hidden="true">! </span>
          {sentence}
        </li>
      ))}
    </ul>
  );
}
