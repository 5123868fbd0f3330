import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

/** A step back, in the heading of a page. */
export function Crumb({ to, children }: { to: Route; children: ReactNode }) {
  return (
    <Link href={to} prefetch={false} className="no-underline hover:underline">
      {children}
    </Link>
  );
}
