"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { retryBuildAction } from "@/lib/actions/image-build-actions";
import type { ImageBuildKey } from "@/lib/core/resource-names";

/** Resumes a failed build at its test or distribution stage; what AWS refuses is said here. */
export function RetryBuildButton({
  target,
  imageBuildKey,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
}) {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const { name, version, build } = imageBuildKey;
  const retry = () =>
    start(async () => {
      setRefusal(undefined);
      const result = await retryBuildAction({ target, key: { name, version, build } });
      if (result.ok) await queries.invalidateQueries({ queryKey: ["image-builds", target] });
      else setRefusal(result.error.message);
    });
  return (
    <span className="inline-grid justify-items-end gap-1">
      <PermittedButton
        action="retry-image-build"
        resource={name}
        variant="primary"
        onClick={retry}
        disabled={isBusy}
      >
        {isBusy ? "Retrying…" : "Retry build"}
      </PermittedButton>
      {refusal && (
        <span role="alert" className="max-w-[40ch] text-fail text-xs">
          {refusal}
        </span>
      )}
    </span>
  );
}
