"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { writeAddress } from "@/components/ui/navigation-under-way";
import type { ImageBuildStatus } from "@/lib/image-builder/image-builds/types";
import { askedTab, type BuildTab, firstTab, namesLogLine } from "./build-tabs";

/**
 * The open tab of a build's page and how to open another. It stands in the address as `show`. Without one it is what
 * the build's status calls for when the page is opened: a build that ends takes nobody out of its log.
 */
export function useOpenTab(status: ImageBuildStatus): [BuildTab, (tab: BuildTab) => void] {
  const pathname = usePathname();
  const asked = askedTab(useSearchParams().get("show"), status);
  const [first, setFirst] = useState(() => firstTab(status));
  const open = asked ?? first;
  const show = (tab: BuildTab) => {
    // A table's search and sort mean nothing to another tab, so they go, and so does a line of the log.
    writeAddress(() => `${pathname}?show=${tab}`);
  };
  useEffect(() => {
    const followLine = () => {
      if (!namesLogLine(location.hash)) return;
      setFirst("log");
      const elsewhere = new URLSearchParams(location.search).has("show");
      if (elsewhere) writeAddress(() => `${location.pathname}?show=log${location.hash}`);
    };
    followLine();
    window.addEventListener("hashchange", followLine);
    return () => window.removeEventListener("hashchange", followLine);
  }, []);
  return [open, show];
}
