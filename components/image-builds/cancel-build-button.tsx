"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
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
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const { name, version, build } = imageBuildKey;
  const cancel = () =>
    start(async () => {
      const result = await cancelBuildAction({ target, key: { name, version, build } });
      if (!result.ok) return setRefusal(result.error.message);
      setAsking(false);
      await queries.invalidateQueries({ queryKey: ["image-builds", target] });
    });
  return (
    <>
      <PermittedButton
        action="cancel-image-build"
        resource={name}
        onClick={() => {
          setRefusal(undefined);
          setAsking(true);
        }}
      >
        Cancel build
      </PermittedButton>
      {isAsking && (
        <ConfirmDialog
          title={`Cancel ${name} ${version}/${build}?`}
          confirmLabel="Cancel build"
          keepLabel="Keep building"
          danger
          isBusy={isBusy}
          error={refusal}
          onConfirm={cancel}
          onClose={() => setAsking(false)}
        >
          AWS stops the build and terminates its instance. AMIs and snapshots already created are kept.
        </ConfirmDialog>
      )}
    </>
  );
}
