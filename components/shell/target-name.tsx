"use client";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import { EnvironmentMark } from "./target-names";

const grouped = (accountId: string) => accountId.replace(/(\d{4})(?=\d)/g, "$1-");

/** A target by its label, account and Region. */
export function TargetName({ target }: { target: TargetSummary }) {
  return (
    <span className="grid min-w-0 flex-1">
      <b className="flex items-center gap-1.5 pr-5 font-[550]">
        <span className="truncate">{target.label}</span>
        {target.environment && <EnvironmentMark environment={target.environment} />}
      </b>
      <span className="font-mono text-[11px] text-ink-3">
        {grouped(target.accountId)} {target.region}
      </span>
    </span>
  );
}

/** All of them, counted. */
export function AllName({ targets }: { targets: TargetSummary[] }) {
  const accounts = new Set(targets.map(({ accountId }) => accountId)).size;
  const regions = new Set(targets.map(({ region }) => region)).size;
  return (
    <span className="grid min-w-0 flex-1">
      <b className="truncate pr-5 font-[550]">All accounts</b>
      <span className="text-[11px] text-ink-3">
        {`${accounts} ${accounts === 1 ? "account" : "accounts"}, ${regions} ${regions === 1 ? "Region" : "Regions"}`}
      </span>
    </span>
  );
}
