import Link from "next/link";
import { urls } from "@/lib/core/urls";
import type { TargetSummary } from "@/lib/image-builder/targets/types";

const grouped = (accountId: string) => accountId.replace(/(\d{4})(?=\d)/g, "$1-");

function TargetName({ target }: { target: TargetSummary }) {
  return (
    <span className="grid min-w-0 flex-1">
      <b className="truncate pr-5 font-[550]">{target.label}</b>
      <span className="font-mono text-[11px] text-ink-3">
        {grouped(target.accountId)} {target.region}
      </span>
    </span>
  );
}

const BOX = "rounded-[5px] border border-line bg-surface";

/** The account and Region one works in; opens the list of the others. */
export function TargetSwitch({ targets, current }: { targets: TargetSummary[]; current: TargetSummary }) {
  if (targets.length < 2)
    return (
      <div className={`${BOX} mb-2.5 px-2.5 py-1.5`}>
        <TargetName target={current} />
      </div>
    );
  return (
    <details className={`${BOX} group relative mb-2.5`}>
      <summary className="flex cursor-pointer list-none items-center justify-between gap-2 px-2.5 py-1.5">
        <TargetName target={current} />
        <span aria-hidden="true" className="absolute top-1.5 right-2.5 text-ink-3 group-open:rotate-180">
          ▾
        </span>
      </summary>
      <ul className="m-0 grid max-h-80 list-none overflow-y-auto border-line border-t p-1">
        {targets
          .filter(({ id }) => id !== current.id)
          .map((target) => (
            <li key={target.id}>
              <Link
                href={urls.overview(target.id)}
                prefetch={false}
                className="block rounded px-1.5 py-1 no-underline hover:bg-mute-soft"
              >
                <TargetName target={target} />
              </Link>
            </li>
          ))}
      </ul>
    </details>
  );
}
