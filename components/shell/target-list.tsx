"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import { switchAddress } from "./switch-address";
import { AllName, TargetName } from "./target-name";

/** The other targets, each with the page that shows there what this one does. */
export function TargetList({
  targets,
  current,
  isAll,
}: {
  targets: TargetSummary[];
  current: TargetSummary;
  isAll: boolean;
}) {
  const pathname = usePathname();
  const linkTo = (id: string) => switchAddress(pathname, id) as Route;
  const entry = "block rounded px-1.5 py-1 no-underline hover:bg-mute-soft";
  return (
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
  );
}
