"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import { apiUrls, urls } from "@/lib/urls";

/** Only who opens a build loads the viewer. */
const LogView = dynamic(() => import("./log-view").then((viewer) => viewer.LogView), {
  ssr: false,
  loading: () => (
    <div role="status" className="h-[560px] bg-sunken px-3.5 py-2 text-ink-2">
      Opening the log
    </div>
  ),
});

/** The log of one build, live while it is written. Changes to the address of the log begin a new one. */
export function BuildLog({ target, imageBuildKey }: { target: string; imageBuildKey: ImageBuildKey }) {
  const url = apiUrls.buildLog(target, imageBuildKey);
  return (
    <>
      <LogView key={url} url={url} />
      <p className="m-0 border-line border-t px-3 py-1.5 text-xs">
        <Link href={urls.compareBuildLogs(target, imageBuildKey)} prefetch={false} className="underline">
          Compare with the last good build
        </Link>
      </p>
    </>
  );
}
