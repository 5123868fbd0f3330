"use client";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useAskedFirst } from "@/components/ui/use-asked-first";
import { cancelBuildAction } from "@/lib/actions/image-build-actions";
import type { ImageBuildKey } from "@/lib/core/resource-names";

/** Cancels after asking: what has been made so far is left behind. */
export function CancelBuildButton({
  target,
  imageBuildKey,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
}) {
  const { name, version, build } = imageBuildKey;
  const { isAsking, ask, dialog } = useAskedFirst({
    run: () => cancelBuildAction({ target, key: { name, version, build } }),
    stale: ["image-builds", target],
  });
  return (
    <>
      <PermittedButton action="cancel-image-build" resource={name} onClick={ask}>
        Cancel build
      </PermittedButton>
      {isAsking && (
        <ConfirmDialog
          title={`Cancel ${name} ${version}/${build}?`}
          confirmLabel="Cancel build"
          keepLabel="Keep building"
          danger
          {...dialog}
        >
          AWS stops the build and terminates its instance. AMIs and snapshots already created are kept.
        </ConfirmDialog>
      )}
    </>
  );
}
