"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { BeginDraftButton } from "@/components/resources/begin-draft-button";
import { PermittedButton } from "@/components/shell/permitted-button";
import { MoreMenu } from "@/components/ui/more-menu";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";

// A dialog that nobody opens costs the page nothing: they bring the schemas and fields of forms.
const ShareImageDialog = dynamic(() =>
  import("./share-image-dialog").then((module) => module.ShareImageDialog),
);
const ImageStateDialog = dynamic(() =>
  import("./image-state-dialog").then((module) => module.ImageStateDialog),
);
const DeleteImageDialog = dynamic(() =>
  import("./delete-image-dialog").then((module) => module.DeleteImageDialog),
);

const WITHOUT_STATE = new Set(["FAILED", "CANCELLED", "DELETED"]);

/** Under *More*: what can be done with an image that is built, and a pipeline begun from the build. */
export function ImageActions({
  target,
  build,
  children,
}: {
  target: string;
  build: ImageBuild;
  /** Other actions of the page, drawn first. */
  children?: ReactNode;
}) {
  const [open, setOpen] = useState<"share" | "state" | "delete">();
  const close = () => setOpen(undefined);
  const { name, version, build: number, status } = build;
  const ended = !isInFlight(status);
  // AWS knows deprecation and sharing of AMIs only; of a container image it deletes.
  const hasState = ended && build.type === "AMI" && !WITHOUT_STATE.has(status);
  if (!ended && !build.recipe) return null;
  return (
    <>
      <MoreMenu>
        {children}
        {build.recipe && (
          <BeginDraftButton
            target={target}
            origin={{ from: "build", key: { name, version, build: number } }}
            label="Create pipeline from this build"
            variant="quiet"
            title="A new pipeline with its own resources, filled in from this build"
          />
        )}
        {hasState && (
          <>
            <PermittedButton
              variant="quiet"
              action="share-image-build"
              resource={name}
              onClick={() => setOpen("share")}
            >
              Share…
            </PermittedButton>
            <PermittedButton
              variant="quiet"
              action="set-image-state"
              resource={name}
              onClick={() => setOpen("state")}
            >
              Change state…
            </PermittedButton>
          </>
        )}
        {ended && (
          <PermittedButton
            variant="quiet"
            action="delete-image-build"
            resource={name}
            onClick={() => setOpen("delete")}
          >
            Delete…
          </PermittedButton>
        )}
      </MoreMenu>
      {open === "share" && <ShareImageDialog target={target} build={build} onClose={close} />}
      {open === "state" && <ImageStateDialog target={target} build={build} onClose={close} />}
      {open === "delete" && <DeleteImageDialog target={target} build={build} onClose={close} />}
    </>
  );
}
