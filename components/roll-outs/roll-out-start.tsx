"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RefusalText } from "@/components/ui/refusal-text";
import { Skeleton } from "@/components/ui/skeleton";
import { startRollOutAction } from "@/lib/actions/roll-out-actions";
import type { ConsoleError } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { RollOutPreview } from "@/lib/fleet/roll-outs/types";
import { rollOutPreviewQuery } from "@/lib/queries/roll-outs";
import { CopyConfigurationButton } from "./copy-configuration-button";
import { draftOf, type GroupEdit, replacedBy } from "./group-draft";
import { PreferenceFields } from "./preference-fields";
import { RollOutPlanCard } from "./roll-out-plan-card";
import { TypedAlarms } from "./typed-alarms";
import { VersionChoice } from "./version-choice";
import { WayBackCard } from "./way-back-card";

/** What a roll-out to a group would do, how it can be undone, and its start. */
export function RollOutStart({ target, region, group }: { target: string; region: string; group: string }) {
  const { data, error, refetch } = useQuery(rollOutPreviewQuery(target, { region, group }));
  if (data) return <StartForm target={target} preview={data} />;
  if (error) return <ReadFailure title="Couldn't load the group" error={error} onRetry={refetch} />;
  return <Skeleton label="Loading the group" lines={8} />;
}

function StartForm({ target, preview }: { target: string; preview: RollOutPreview }) {
  const router = useRouter();
  const queries = useQueryClient();
  const [edit, setEdit] = useState<GroupEdit>({});
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const { region, group, obstacle, active } = preview;
  const { choice, pin, fields, preferences, wayBack, isParameter, plan } = draftOf(preview, edit);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      setRefusal(undefined);
      const result = await startRollOutAction({ target, region, group, to: choice, pin, preferences });
      if (!result.ok) return setRefusal(result.error);
      await queries.invalidateQueries({ queryKey: ["roll-outs", target] });
      router.push(urls.rollOut(target, result.value.id));
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      {active && (
        <p role="status" className="m-0 rounded-md bg-wait-soft px-3.5 py-2 text-wait">
          <span aria-hidden="true">! </span>
          An instance refresh of this group is in progress ({active.refreshId}).{" "}
          {active.rollOutId && <Link href={urls.rollOut(target, active.rollOutId)}>Open the roll-out</Link>}
        </p>
      )}
      {obstacle && (
        <p role="status" className="m-0 rounded-md bg-wait-soft px-3.5 py-2 text-wait">
          <span aria-hidden="true">! </span>
          {obstacle}
        </p>
      )}
      {preview.launchConfiguration && (
        <div>
          <CopyConfigurationButton target={target} region={region} group={group} />
        </div>
      )}
      {preview.doubts.map((doubt) => (
        <p key={doubt} role="status" className="m-0 rounded-md bg-wait-soft px-3.5 py-2 text-wait">
          <span aria-hidden="true">? </span>
          {doubt}
        </p>
      ))}
      {!obstacle && (
        <>
          <div className="grid gap-3 lg:grid-cols-2">
            <Card title="Image" note={preview.template && `launch template ${preview.template.name}`}>
              <VersionChoice preview={preview} chosen={choice} onChange={(to) => setEdit({ ...edit, to })} />
            </Card>
            {plan ? (
              <RollOutPlanCard plan={plan} desired={preview.desired} />
            ) : (
              <Card title="What happens">Enter whole numbers to see the plan.</Card>
            )}
          </div>
          <WayBackCard
            preview={preview}
            wayBack={wayBack}
            choice={choice}
            pin={pin}
            onPin={(changed) => setEdit({ ...edit, pin: changed })}
          />
          <Card title="Preferences" note="defaults of the group and its maintenance policy">
            <PreferenceFields
              fields={fields}
              wrong={refusal?.fields ?? {}}
              {...(!wayBack.isPossible && { noAutoRollback: "AWS can't roll back here: see the way back." })}
              {...(isParameter && { noSkipMatching: "Off: the version stays, its parameter's AMI changes." })}
              alarmStates={<TypedAlarms target={target} region={region} names={preferences.alarms} />}
              onChange={(changed) => setEdit({ ...edit, fields: changed })}
            />
          </Card>
        </>
      )}
      {refusal && (
        <p role="alert" className="m-0 rounded bg-fail-soft px-2.5 py-1.5 text-fail">
          <RefusalText refusal={refusal} />
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Link href={urls.fleet(target)} prefetch={false} className={buttonClass()}>
          Cancel
        </Link>
        <PermittedButton
          action="start-roll-out"
          type="submit"
          variant="primary"
          disabled={isBusy || obstacle !== undefined || active !== undefined || plan === undefined}
        >
          {plan && replacedBy(plan) > 0
            ? `Replace ${replacedBy(plan)} of ${preview.instances.length} instances`
            : "Start roll-out"}
        </PermittedButton>
      </div>
    </form>
  );
}
