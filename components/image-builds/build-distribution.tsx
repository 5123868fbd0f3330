"use client";
import { Card } from "@/components/ui/card";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { BuildOutputs } from "./build-outputs";
import { ImageSharingPanel } from "./image-sharing-panel";

/** Where a build's images went, and who may use them. */
export function BuildDistribution({ target, build }: { target: string; build: ImageBuild }) {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
      <BuildOutputs build={build} />
      <Card title="Shared with" flush>
        <ImageSharingPanel target={target} imageBuildKey={build} />
      </Card>
    </div>
  );
}
