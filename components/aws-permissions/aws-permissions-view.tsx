"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState, useTransition } from "react";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { Skeleton } from "@/components/ui/skeleton";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import type { AwsPermission, AwsPermissionCheck } from "@/lib/image-builder/aws-permissions/types";
import { awsPermissionsQuery } from "@/lib/queries/aws-permissions";

const RolePolicyCard = dynamic(() => import("./role-policy-card").then((file) => file.RolePolicyCard));

const TONES: Record<AwsPermission["state"], BadgeTone> = { allowed: "ok", lacking: "fail", unknown: "mute" };
const WORDS: Record<AwsPermission["state"], string> = {
  allowed: "allowed",
  lacking: "lacking",
  unknown: "not refused",
};
const ORDER: AwsPermission["state"][] = ["lacking", "unknown", "allowed"];

const COLUMNS: Column<AwsPermission>[] = [
  {
    id: "action",
    header: "IAM action",
    sortBy: ({ action }) => action,
    cell: ({ action }) => <Mono>{action}</Mono>,
  },
  {
    id: "state",
    header: "State",
    sortBy: ({ state }) => ORDER.indexOf(state),
    cell: ({ state }) => <StatusBadge tone={TONES[state]}>{WORDS[state]}</StatusBadge>,
  },
  {
    id: "role",
    header: "Required for",
    from: "md",
    sortBy: ({ role }) => role,
    cell: ({ role }) => role,
  },
  { id: "for", header: "To", from: "md", cell: ({ for: purpose }) => purpose },
];

const FILTERS: TableFilter<AwsPermission>[] = [
  { id: "state", label: "State", valueIn: ({ state }) => state },
  { id: "role", label: "Role", valueIn: ({ role }) => role },
];

/** What the console needs of IAM in this target, and what its role there lacks. */
export function AwsPermissionsView({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(awsPermissionsQuery(target));
  const [showsPolicies, setShowsPolicies] = useState(false);
  // Whether a poll is under way may differ between the server's page and the browser's first drawing of it.
  const [isAsking, ask] = useTransition();
  if (!data && error)
    return (
      <Card flush>
        <ReadFailure title="Couldn't load permissions" error={error} onRetry={refetch} />
      </Card>
    );
  if (!data)
    return (
      <Card flush>
        <Skeleton label="Loading permissions" lines={10} />
      </Card>
    );
  return (
    <div className="grid gap-4">
      <Card
        title={verdictOf(data)}
        action={
          <Button onClick={() => ask(async () => void (await refetch()))} disabled={isAsking}>
            {isAsking ? "Rechecking…" : "Recheck"}
          </Button>
        }
      >
        <p className="m-0 max-w-[80ch] text-ink-2">
          <HowKnown check={data} />
        </p>
        <p className="mt-2 mb-0 max-w-[80ch] text-ink-2">
          <WhoseAccount account={data.account} />
        </p>
        {showsPolicies ? (
          <div className="mt-3">
            <RolePolicyCard target={target} />
          </div>
        ) : (
          <Button layout="mt-3" onClick={() => setShowsPolicies(true)}>
            Show the policies to attach
          </Button>
        )}
      </Card>
      <Card flush>
        <ResourceTable
          caption="AWS permissions"
          noun="permission"
          rows={data.permissions}
          columns={COLUMNS}
          filters={FILTERS}
          keyOf={({ action }) => action}
          textOf={({ action, for: purpose }) => `${action} ${purpose}`}
          defaultSort={{ column: "state" }}
          empty={null}
        />
      </Card>
    </div>
  );
}

function verdictOf({ source, permissions }: AwsPermissionCheck): string {
  const lacking = permissions.filter(({ state }) => state === "lacking").length;
  if (lacking > 0) return `The role lacks ${lacking} of ${permissions.length} permissions`;
  if (source === "observed") return "No refusals from AWS so far";
  const unknown = permissions.filter(({ state }) => state === "unknown").length;
  return unknown === 0
    ? "All permissions granted"
    : `${permissions.length - unknown} permissions granted, ${unknown} not checked`;
}

function WhoseAccount({ account }: { account: AwsPermissionCheck["account"] }) {
  if (account.state === "confirmed")
    return (
      <>
        AWS confirms that the credentials belong to account <Mono>{account.accountId}</Mono>.
      </>
    );
  if (account.state === "differs") return <span className="text-fail">{account.reason}</span>;
  return (
    <>
      It is not known which account the credentials belong to: {account.reason} Until AWS confirms it, the
      console changes nothing here.
    </>
  );
}

function HowKnown({ check: { source, principal, reason } }: { check: AwsPermissionCheck }) {
  if (source === "simulated")
    return (
      <>
        IAM evaluated the policies of <Mono>{principal ?? "the console's role"}</Mono>. Service control
        policies aren't included; AWS reports them when it denies a request.
      </>
    );
  if (source === "root")
    return (
      <>
        The console signs its calls as <Mono>{principal ?? "root"}</Mono>: root credentials, which no account
        policy limits. Use a dedicated least-privilege role.
      </>
    );
  return (
    <>
      Couldn't query IAM: {reason} This list shows what AWS has refused since the console started. Allow
      iam:SimulatePrincipalPolicy on the console's role for a full check.
    </>
  );
}
