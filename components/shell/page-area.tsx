"use client";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import {
  countNavigations,
  navigationEnds,
  useNavigationUnderWay,
  watchBeginnings,
} from "@/components/ui/navigation-under-way";
import { PageErrorBoundary } from "./page-error-boundary";
import { PageSkeleton } from "./page-skeleton";

/**
 * The page, and from the click on the way to another until that is drawn, the shape of the other. A `loading.tsx`
 * would do the same, but turns every page's 404 and redirect into a streamed 200.
 */
export function PageArea({ label, children }: { label: string; children: ReactNode }) {
  const pathname = usePathname();
  const underWay = useNavigationUnderWay();
  // Set within the transition that draws the next page, so drawn with it and not before.
  const [arrived, setArrived] = useState(countNavigations);
  useEffect(() => watchBeginnings(setArrived), []);
  useLayoutEffect(() => navigationEnds(arrived), [arrived]);
  const isUnderWay = underWay !== undefined && underWay.number > arrived;
  // Going back is mostly at once, from what the browser still has.
  const asked = isUnderWay && !underWay.isReturn && underWay.pathname !== pathname ? underWay : undefined;
  const page = useRef<HTMLDivElement>(null);
  const isCovered = asked !== undefined;
  useLayoutEffect(() => {
    // An open modal would keep everything else inert, unseen.
    if (isCovered) for (const dialog of page.current?.querySelectorAll("dialog") ?? []) dialog.close();
  }, [isCovered]);
  return (
    <>
      {isUnderWay && <div aria-hidden="true" className="navigation-bar" />}
      {asked && <PageSkeleton pathname={asked.pathname} label={label} />}
      <div ref={page} hidden={isCovered}>
        <PageErrorBoundary pathname={pathname}>{children}</PageErrorBoundary>
      </div>
    </>
  );
}
