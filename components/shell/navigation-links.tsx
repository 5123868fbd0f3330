"use client";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { urls } from "@/lib/urls";

type NavigationItem = { label: string; href: Route; exact?: boolean };

const itemsOf = (target: string): NavigationItem[] => [
  { label: "Overview", href: urls.overview(target), exact: true },
  { label: "Pipelines", href: urls.pipelines(target) },
  { label: "Images", href: urls.images(target) },
  { label: "Audit", href: urls.audit(target) },
];

/** The console's sections; the one that is open is marked. */
export function NavigationLinks({ target }: { target: string }) {
  const pathname = usePathname();
  return (
    <ul className="m-0 grid list-none gap-0.5 p-0">
      {itemsOf(target).map(({ label, href, exact }) => {
        const isOpen = pathname === href || (!exact && pathname.startsWith(`${href}/`));
        return (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={isOpen ? "page" : undefined}
              className="flex justify-between rounded-[5px] px-2.5 py-[5px] text-ink-2 no-underline hover:text-ink aria-[current]:bg-mute-soft aria-[current]:font-[550] aria-[current]:text-ink"
            >
              {label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
