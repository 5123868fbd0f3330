"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import { awsPermissionsQuery } from "@/lib/queries/aws-permissions";
import { choicesQuery } from "@/lib/queries/choices";
import { notificationsQuery } from "@/lib/queries/notifications";
import { scanActivationQuery } from "@/lib/queries/scanning";
import { type FirstRunStep, firstRunSteps } from "./first-run-steps";

const STATES: Record<FirstRunStep["state"], [BadgeTone, string]> = {
  done: ["ok", "Done"],
  todo: ["wait", "To do"],
  problem: ["fail", "Missing"],
  unknown: ["mute", "Not known"],
  pending: ["run", "Checking"],
};

/** What an account without pipelines needs before its first image, checked against AWS, with a way to do each. */
export function FirstRun({ target }: { target: string }) {
  const permissions = useQuery(awsPermissionsQuery(target));
  const profiles = useQuery(choicesQuery(target, "instance-profiles"));
  const vpcs = useQuery(choicesQuery(target, "vpcs"));
  const scanning = useQuery(scanActivationQuery(target));
  const notifications = useQuery(notificationsQuery(target));
  const queries = [permissions, profiles, vpcs, scanning, notifications];
  const steps = firstRunSteps(target, {
    permissions: { data: permissions.data, error: permissions.error?.message },
    profiles: { data: profiles.data, error: profiles.error?.message },
    vpcs: { data: vpcs.data, error: vpcs.error?.message },
    scanning: { data: scanning.data, error: scanning.error?.message },
    notifications: { data: notifications.data, error: notifications.error?.message },
  });
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <Card
      title="Set up this account"
      note={`${done} of ${steps.length} done`}
      action={
        <Button
          onClick={() => queries.forEach(({ refetch }) => void refetch())}
          disabled={queries.some(({ isFetching }) => isFetching)}
        >
          Recheck
        </Button>
      }
      flush
    >
      <p className="m-0 border-line border-b px-3.5 py-2.5 text-ink-2">
        No pipelines yet. Each step is checked against AWS.
      </p>
      <ol aria-label="Set up this account" className="m-0 list-none p-0">
        {steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
    </Card>
  );
}

function Step({ step: { title, state, detail, code, link, id } }: { step: FirstRunStep }) {
  const [tone, word] = STATES[state];
  return (
    <li className="grid gap-1.5 border-line border-b px-3.5 py-3 last:border-0 sm:grid-cols-[104px_minmax(0,1fr)_auto] sm:items-start sm:gap-3">
      <span>
        <StatusBadge tone={tone}>{word}</StatusBadge>
      </span>
      <div className="grid min-w-0 gap-1.5">
        <h3 className="m-0 font-semibold text-[13px]">{title}</h3>
        <p className="m-0 text-ink-2 [overflow-wrap:anywhere]">{detail}</p>
        {code.map(({ label, text }, index) => (
          <details key={label} open={id === "permissions" && index === 0}>
            <summary className="w-fit cursor-pointer text-accent">{label}</summary>
            <div className="mt-1 flex items-start gap-1 rounded bg-sunken p-2">
              <pre className="m-0 min-w-0 flex-1 whitespace-pre-wrap font-mono text-xs [overflow-wrap:anywhere]">
                {text}
              </pre>
              <CopyButton text={text} label={`Copy ${label}`} />
            </div>
          </details>
        ))}
      </div>
      {link && (
        <Link
          href={link.href}
          prefetch={false}
          className={buttonClass(id === "pipeline" ? "primary" : undefined)}
        >
          {link.label}
        </Link>
      )}
    </li>
  );
}
