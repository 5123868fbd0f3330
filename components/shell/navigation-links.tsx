"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useNavigationUnderWay } from "@/components/ui/navigation-under-way";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { WaitingCount } from "./waiting-count";

type NavigationItem = { label: string; href: Route; exact?: boolean };
type NavigationGroup = { label?: string; items: NavigationItem[] };

const groupsOf = (target: string): NavigationGroup[] => [
  {
    items: [
      { label: "Overview", href: urls.overview(target), exact: true },
      { label: "Pipelines", href: urls.pipelines(target) },
      { label: "Builds", href: urls.builds(target) },
      { label: "Images", href: urls.images(target) },
      { label: "History", href: urls.history(target) },
      { label: "Approvals", href: urls.approvals(target) },
    ],
  },
  {
    label: "Run",
    items: [
      { label: "Fleet", href: urls.fleet(target) },
      { label: "Roll-outs", href: urls.rollOuts(target) },
      { label: "AMIs", href: urls.amis(target) },
    ],
  },
  {
    label: "Define",
    items: [
      { label: "Recipes", href: urls.resources(target, "image-recipe") },
      { label: "Components", href: urls.resources(target, "component") },
      { label: "Infrastructure", href: urls.resources(target, "infrastructure-configuration") },
      { label: "Distribution", href: urls.resources(target, "distribution-configuration") },
      { label: "Workflows", href: urls.resources(target, "workflow") },
      { label: "Lifecycle", href: urls.resources(target, "lifecycle-policy") },
    ],
  },
  {
    label: "Govern",
    items: [
      { label: "Notifications", href: urls.notifications(target) },
      { label: "Activity", href: urls.activity(target) },
      { label: "Audit", href: urls.audit(target) },
      { label: "API tokens", href: urls.apiTokens(target) },
      { label: "AWS permissions", href: urls.awsPermissions(target) },
      { label: "Settings", href: urls.settings(target) },
    ],
  },
];

const ACTIVITY_OF_ALL: NavigationItem = { label: "Activity", href: urls.activity(ALL_ACCOUNTS) };

/** The console's sections, of all accounts those that are about all; the one that is open is marked. */
export function NavigationLinks({ target, isAll }: { target: string; isAll: boolean }) {
  const drawn = usePathname();
  // The section that was asked for is marked at once.
  const pathname = useNavigationUnderWay()?.pathname ?? drawn;
  const groups = isAll ? groupsOf(ALL_ACCOUNTS).slice(0, 1) : groupsOf(target);
  return groups.map(({ label, items }) => (
    <div key={label ?? "first"}>
      {label && <h2 className="mt-3 mb-1 px-2.5 font-medium text-ink-3 text-xs">{label}</h2>}
      <ul aria-label={label} className="m-0 grid list-none gap-0.5 p-0">
        {(isAll ? [...items, ACTIVITY_OF_ALL] : items).map(({ label: section, href, exact }) => {
          const isOpen = pathname === href || (!exact && pathname.startsWith(`${href}/`));
          return (
            <li key={href}>
              <Link
                href={href}
                prefetch={false}
                aria-current={isOpen ? "page" : undefined}
                className="flex justify-between rounded-[5px] px-2.5 py-[5px] text-ink-2 no-underline hover:text-ink aria-[current]:bg-mute-soft aria-[current]:font-[550] aria-[current]:text-ink"
              >
                {section}
                {href.endsWith("/approvals") && <WaitingCount target={isAll ? ALL_ACCOUNTS : target} />}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  ));
}
