"use client";
import { usePathname } from "next/navigation";
import { type ComponentType, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import {
  countNavigations,
  navigationEnds,
  useNavigationUnderWay,
  watchBeginnings,
} from "@/components/ui/navigation-under-way";
import { PageErrorBoundary } from "./page-error-boundary";

type Skeleton = ComponentType<{ pathname: string; label: string }>;

/** Whatever comes before a click on a link: the shapes are loaded by then, and cost a page that is only read nothing. */
const HINTS = ["pointerover", "touchstart", "focusin", "keydown"] as const;

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
  const Skeleton = useSkeleton();
  const page = useRef<HTMLDivElement>(null);
  const isCovered = asked !== undefined && Skeleton !== undefined;
  useLayoutEffect(() => {
    // An open modal would keep everything else inert, unseen.
    if (isCovered) for (const dialog of page.current?.querySelectorAll("dialog") ?? []) dialog.close();
  }, [isCovered]);
  return (
    <>
      {isUnderWay && <div aria-hidden="true" className="navigation-bar" />}
      {asked && Skeleton && <Skeleton pathname={asked.pathname} label={label} />}
      <div ref={page} hidden={isCovered}>
        <PageErrorBoundary pathname={pathname}>{children}</PageErrorBoundary>
      </div>
    </>
  );
}

/** Undefined until the person is about to go somewhere. */
function useSkeleton(): Skeleton | undefined {
  const [skeleton, setSkeleton] = useState<{ Shown: Skeleton }>();
  useEffect(() => {
    const leave = () => {
      for (const hint of HINTS) window.removeEventListener(hint, load);
    };
    const load = () => {
      leave();
      // Without it the bar above the page says that another one comes.
      import("./page-skeleton").then(
        ({ PageSkeleton }) => setSkeleton({ Shown: PageSkeleton }),
        () => undefined,
      );
    };
    for (const hint of HINTS) window.addEventListener(hint, load, { passive: true });
    return leave;
  }, []);
  return skeleton?.Shown;
}
