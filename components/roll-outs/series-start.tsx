"use client";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, Fragment, useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { buttonClass } from "@/components/ui/button";
import { RefusalNote } from "@/components/ui/refusal-note";
import { startRollOutSeriesAction } from "@/lib/actions/roll-out-actions";
import type { ConsoleError } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import { counted } from "@/lib/core/words";
import { rollOutPreviewQuery } from "@/lib/queries/roll-outs";
import { GateField, readGate, type TypedGate } from "./gate-field";
import { draftOf, type GroupEdit, replacedBy } from "./group-draft";
import { SeriesGroupCard } from "./series-group-card";

type GroupKey = { region: string; group: string };
type Edit = GroupEdit & { gate?: TypedGate };

const keyText = ({ region, group }: GroupKey) => `${region}/${group}`;
/** Nothing goes on by itself unless somebody asked for it. */
const FIRST_GATE: TypedGate = { by: "person", minutes: "30" };

/** One preview of a roll-out to several groups: their order, the gates between them, and each group's own plan. */
export function SeriesStart({ target, groups }: { target: string; groups: GroupKey[] }) {
  const router = useRouter();
  const queries = useQueryClient();
  const [order, setOrder] = useState(groups);
  const [edits, setEdits] = useState<Record<string, Edit>>({});
  const [moved, setMoved] = useState<string>();
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const previews = useQueries({ queries: order.map((key) => rollOutPreviewQuery(target, key)) });
  const planned = order.map((key, index) => {
    const edit = edits[keyText(key)] ?? {};
    const { data, error } = previews[index] ?? {};
    const draft = data && draftOf(data, edit);
    const gate = edit.gate ?? FIRST_GATE;
    return { key, edit, error, gate, preview: data, draft };
  });
  const change = (key: GroupKey, edit: Edit) => setEdits({ ...edits, [keyText(key)]: edit });
  const move = (from: number, to: number) => {
    const next = [...order];
    const [taken] = next.splice(from, 1);
    if (!taken) return;
    next.splice(to, 0, taken);
    setOrder(next);
    setMoved(`${taken.group} is now group ${to + 1} of ${next.length}.`);
  };
  const instances = planned.reduce((sum, { draft }) => sum + (draft?.plan ? replacedBy(draft.plan) : 0), 0);
  const notReady = planned.filter(
    ({ preview, draft }) => !preview || preview.obstacle || preview.active || !draft?.plan,
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      setRefusal(undefined);
      const result = await startRollOutSeriesAction({
        target,
        groups: planned.flatMap(({ key, draft, gate }, index) =>
          draft
            ? {
                ...key,
                to: draft.choice,
                pin: draft.pin,
                preferences: draft.preferences,
                gate: index === 0 ? { by: "person" } : readGate(gate),
              }
            : [],
        ),
      });
      if (!result.ok) return setRefusal(result.error);
      await queries.invalidateQueries({ queryKey: ["roll-outs", target] });
      router.push(urls.rollOutSeries(target, result.value.id));
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <p className="m-0 max-w-[80ch] text-ink-2">
        Each group is its own instance refresh. The next one starts when its gate opens, and only after the
        one before succeeded. A group that fails or is rolled back stops the rest until somebody decides. Put
        the group first that shows a bad image at the least cost.
      </p>
      <ol className="m-0 grid list-none gap-2 p-0">
        {planned.map(({ key, edit, gate, preview, error, draft }, index) => (
          <Fragment key={keyText(key)}>
            {index > 0 && (
              <li>
                <GateField
                  group={key.group}
                  gate={gate}
                  wrong={refusal?.fields?.[`groups.${index}.gate.minutes`]}
                  onChange={(changed) => change(key, { ...edit, gate: changed })}
                />
              </li>
            )}
            <li>
              <SeriesGroupCard
                target={target}
                groupKey={key}
                place={{ index, of: order.length }}
                preview={preview}
                error={error ?? undefined}
                draft={draft}
                wrong={fieldsOf(refusal, index)}
                onEdit={(changed) => change(key, { ...edit, ...changed })}
                onMove={(to) => move(index, to)}
                onLeaveOut={() => setOrder(order.filter((one) => one !== key))}
              />
            </li>
          </Fragment>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {moved}
      </p>
      {refusal && <RefusalNote refusal={refusal} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {(order.length < 2 || notReady.length > 0) && (
          <span className="text-wait">
            {order.length < 2
              ? "Choose at least two groups."
              : `Can't start yet: see ${notReady.map(({ key }) => key.group).join(", ")}.`}
          </span>
        )}
        <Link href={urls.fleet(target)} prefetch={false} className={buttonClass()}>
          Cancel
        </Link>
        <PermittedButton
          action="start-roll-out-series"
          type="submit"
          variant="primary"
          disabled={isBusy || order.length < 2 || notReady.length > 0}
        >
          {`Replace ${counted(instances, "instance")} in ${counted(order.length, "group")}`}
        </PermittedButton>
      </div>
    </form>
  );
}

/** What the server refused of one group, by its own fields. */
function fieldsOf(refusal: ConsoleError | undefined, index: number): Record<string, string> {
  const start = `groups.${index}.`;
  return Object.fromEntries(
    Object.entries(refusal?.fields ?? {}).flatMap(([path, said]) =>
      path.startsWith(start) ? [[path.replace(start, ""), said]] : [],
    ),
  );
}
