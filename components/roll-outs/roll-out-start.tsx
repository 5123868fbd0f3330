"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { RefusalNote } from "@/components/ui/refusal-note";
import { Skeleton } from "@/components/ui/skeleton";
import { startRollOutAction } from "@/lib/actions/roll-out-actions";
import type { ConsoleError } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { RollOutPreview } from "@/lib/fleet/roll-outs/types";
import { rollOutPreviewQuery } from "@/lib/queries/roll-outs";
import { CopyConfigurationButton } from "./copy-configuration-button";
import { draftOf, type GroupEdit, replacedBy } from "./group-draft";
import { GroupDraftFields } from "./group-draft-fields";
import { ActiveNote, DoubtNotes, PreviewNote } from "./preview-notes";

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
  const draft = draftOf(preview, edit);
  const { choice, pin, preferences, plan } = draft;

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
      {active && <ActiveNote target={target} active={active} />}
      {obstacle && <PreviewNote glyph="!">{obstacle}</PreviewNote>}
      {preview.launchConfiguration && (
        <div>
          <CopyConfigurationButton target={target} region={region} group={group} />
        </div>
      )}
      <DoubtNotes doubts={preview.doubts} />
      {!obstacle && (
        <GroupDraftFields
          target={target}
          preview={preview}
          draft={draft}
          wrong={refusal?.fields ?? {}}
          onEdit={(changed) => setEdit({ ...edit, ...changed })}
        />
      )}
      {refusal && <RefusalNote refusal={refusal} />}
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
