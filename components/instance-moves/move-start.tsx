"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState, useTransition } from "react";
import { RebootChoice } from "@/components/form/reboot-choice";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { RefusalNote } from "@/components/ui/refusal-note";
import { Skeleton } from "@/components/ui/skeleton";
import { beginMoveAction } from "@/lib/actions/move-actions";
import type { ConsoleError } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { MoveDestination } from "@/lib/fleet/moves/types";
import { movePreviewQuery } from "@/lib/queries/moves";
import { DestinationFields } from "./destination-fields";

/** Where an instance is to go, what carries over and what does not; then the move is written down. */
export function MoveStart({
  target,
  region,
  instanceId,
  onBegun,
}: {
  target: string;
  region: string;
  instanceId: string;
  onBegun: () => void;
}) {
  const queries = useQueryClient();
  const [to, setTo] = useState(region);
  const [instanceType, setType] = useState("");
  const [edit, setEdit] = useState<Partial<MoveDestination>>({});
  const [reboot, setReboot] = useState(true);
  const [refusal, setRefusal] = useState<ConsoleError>();
  const [isBusy, start] = useTransition();
  const {
    data: preview,
    error,
    refetch,
  } = useQuery({
    ...movePreviewQuery(target, { region, instanceId, to, instanceType }),
    placeholderData: keepPreviousData,
  });
  if (error && !preview)
    return <ReadFailure title="Couldn't load the instance" error={error} onRetry={refetch} />;
  if (!preview) return <Skeleton label="Loading the instance" lines={8} />;
  const { instance, carried, left, notes, obstacles, places } = preview;
  const isOfRegion = preview.suggested.region === to;
  const destination = { ...preview.suggested, ...edit };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      setRefusal(undefined);
      const result = await beginMoveAction({ target, region, instanceId, destination, reboot });
      if (!result.ok) return setRefusal(result.error);
      await queries.invalidateQueries({ queryKey: ["moves", target] });
      onBegun();
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <p className="m-0 max-w-[80ch] text-ink-2">
        AWS can’t move an instance. This creates an AMI of {instance.name ?? instanceId}, which is in{" "}
        {instance.zone}, launches a new instance from it elsewhere, and then stops this one. Nothing is
        created until you take the first step on the next page.
      </p>
      {[...obstacles, ...places.doubts].map((text) => (
        <p key={text} role="status" className="m-0 rounded-md bg-wait-soft px-3 py-1.5 text-wait">
          <span aria-hidden="true">! </span>
          {text}
        </p>
      ))}
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <Card title="Destination">
          <DestinationFields
            target={target}
            home={region}
            places={places}
            destination={destination}
            wrong={refusal?.fields ?? {}}
            onRegion={(chosen) => {
              setTo(chosen);
              setEdit({});
            }}
            onType={setType}
            onEdit={(changed) => setEdit({ ...edit, ...changed })}
          />
        </Card>
        <div className="grid gap-3">
          <Card title="AMI">
            <RebootChoice reboot={reboot} onChange={setReboot} />
          </Card>
          <Card title="Carries over">
            <FactList facts={carried} />
          </Card>
        </div>
      </div>
      <Card title="Doesn’t carry over">
        <TextList texts={left} glyph="×" />
      </Card>
      <Card title="Before you start">
        <TextList texts={notes} glyph="!" />
      </Card>
      {refusal && <RefusalNote refusal={refusal} />}
      <div className="flex justify-end gap-2">
        <Link href={urls.fleet(target)} prefetch={false} className={buttonClass()}>
          Cancel
        </Link>
        <PermittedButton
          action="begin-move"
          type="submit"
          variant="primary"
          disabled={isBusy || !isOfRegion || obstacles.length > 0 || destination.subnetId === ""}
        >
          Start the move
        </PermittedButton>
      </div>
    </form>
  );
}

function TextList({ texts, glyph }: { texts: string[]; glyph: string }) {
  return (
    <ul className="m-0 grid max-w-[100ch] list-none gap-1.5 p-0">
      {texts.map((text) => (
        <li key={text} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 [overflow-wrap:anywhere]">
          <span aria-hidden="true" className="text-ink-3">
            {glyph}
          </span>
          {text}
        </li>
      ))}
    </ul>
  );
}
