"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import { switchAddress } from "./switch-address";
import { EnvironmentMark } from "./target-names";

const grouped = (accountId: string) => accountId.replace(/(\d{4})(?=\d)/g, "$1-");

function TargetName({ target }: { target: TargetSummary }) {
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

function AllName({ targets }: { targets: TargetSummary[] }) {
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

const BOX = "rounded-[5px] border border-line bg-surface";

/**
 * The account and Region one works in, or all of them; opens the list of the others, each with the page that shows the
 * same there.
 */
export function TargetSwitch({
  targets,
  current,
  isAll,
}: {
  targets: TargetSummary[];
  current: TargetSummary;
  isAll: boolean;
}) {
  const pathname = usePathname();
  if (targets.length < 2)
    return (
      <div className={`${BOX} mb-2.5 px-2.5 py-1.5`}>
        <TargetName target={current} />
      </div>
    );
  const linkTo = (id: string) => switchAddress(pathname, id) as Route;
  const entry = "block rounded px-1.5 py-1 no-underline hover:bg-mute-soft";
  return (
    <details className={`${BOX} group relative mb-2.5`}>
      <summary className="flex cursor-pointer list-none items-center justify-between gap-2 px-2.5 py-1.5">
        {isAll ? <AllName targets={targets} /> : <TargetName target={current} />}
        <span aria-hidden="true" className="absolute top-1.5 right-2.5 text-ink-3 group-open:rotate-180">
          ▾
        </span>
      </summary>
      <ul className="m-0 grid max-h-80 list-none overflow-y-auto border-line border-t p-1">
        {!isAll && (
          <li>
            <Link href={linkTo(ALL_ACCOUNTS)} prefetch={false} className={entry}>
              <AllName targets={targets} />
            </Link>
          </li>
        )}
        {targets
          .filter(({ id }) => isAll || id !== current.id)
          .map((target) => (
            <li key={target.id}>
              <Link href={linkTo(target.id)} prefetch={false} className={entry}>
                <TargetName target={target} />
              </Link>
            </li>
          ))}
      </ul>
    </details>
  );
}
