"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
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

/** What can be done with an image that is built: share it, deprecate or disable it, delete it. */
export function ImageActions({ target, build }: { target: string; build: ImageBuild }) {
  const [open, setOpen] = useState<"share" | "state" | "delete">();
  if (isInFlight(build.status)) return null;
  const close = () => setOpen(undefined);
  // AWS knows deprecation and sharing of AMIs only; of a container image it deletes.
  const hasState = build.type === "AMI" && !WITHOUT_STATE.has(build.status);
  return (
    <>
      {hasState && (
        <>
          <PermittedButton action="share-image-build" resource={build.name} onClick={() => setOpen("share")}>
            Share
          </PermittedButton>
          <PermittedButton action="set-image-state" resource={build.name} onClick={() => setOpen("state")}>
            Change state
          </PermittedButton>
        </>
      )}
      <PermittedButton action="delete-image-build" resource={build.name} onClick={() => setOpen("delete")}>
        Delete
      </PermittedButton>
      {open === "share" && <ShareImageDialog target={target} build={build} onClose={close} />}
      {open === "state" && <ImageStateDialog target={target} build={build} onClose={close} />}
      {open === "delete" && <DeleteImageDialog target={target} build={build} onClose={close} />}
    </>
  );
}
