"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Checkbox } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { deleteImageAction } from "@/lib/actions/image-build-actions";
import type { Refusal } from "@/lib/core/failure";
import { urls } from "@/lib/core/urls";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { ExecutionRoleField } from "./execution-role-field";
import { ImageUsersNote } from "./image-users-note";

const LABELS = { amis: "AMIs", snapshots: "snapshots", containers: "container images" };
type Included = keyof typeof LABELS;

/** Deletes an image: its record alone, or what it made as well. */
export function DeleteImageDialog({
  target,
  build,
  onClose,
}: {
  target: string;
  build: ImageBuild;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const router = useRouter();
  const made: Included[] = [
    ...(build.amis.length > 0 ? (["amis", "snapshots"] as const) : []),
    ...(build.containers.length > 0 ? (["containers"] as const) : []),
  ];
  const [included, setIncluded] = useState<Included[]>([]);
  const [role, setRole] = useState("");
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const isRecordOnly = included.length === 0;
  const { name, version, build: number } = build;

  const toggle = (what: Included, isOn: boolean) =>
    setIncluded((known) => {
      const rest = known.filter((each) => each !== what);
      if (isOn)
        return what === "snapshots" ? [...new Set([...rest, "amis" as const, what])] : [...rest, what];
      return what === "amis" ? rest.filter((each) => each !== "snapshots") : rest;
    });
  const remove = () =>
    start(async () => {
      const result = await deleteImageAction({
        target,
        key: { name, version, build: number },
        include: Object.fromEntries(included.map((what) => [what, true])),
        executionRole: isRecordOnly ? undefined : role.trim() || undefined,
      });
      if (!result.ok) {
        const [first] = Object.values(result.error.fields ?? {});
        return setRefusal(first ?? result.error);
      }
      showToast({
        text: `Deleted ${name} ${version}/${number}${isRecordOnly ? "" : ` with ${wordsOf(included)}`}.`,
      });
      // The record is gone with the first kind; with the other AWS keeps it, as DELETED.
      if (isRecordOnly) router.push(urls.images(target));
      else onClose();
      await queries.invalidateQueries({
        queryKey: ["image-builds", target],
        refetchType: isRecordOnly ? "none" : "active",
      });
    });

  return (
    <ConfirmDialog
      title={`Delete ${name} ${version}/${number}?`}
      confirmLabel={isRecordOnly ? "Delete record" : `Delete with ${wordsOf(included)}`}
      keepLabel="Cancel"
      danger
      isBusy={isBusy || (!isRecordOnly && role.trim() === "")}
      error={refusal}
      onConfirm={remove}
      onClose={onClose}
    >
      <div className="grid gap-3">
        {made.length > 0 ? (
          <fieldset className="m-0 grid gap-1.5 border-0 p-0">
            <legend className="mb-1 p-0">Also delete:</legend>
            {made.map((what) => (
              <label key={what} className="flex items-start gap-2">
                <Checkbox
                  checked={included.includes(what)}
                  onChange={({ target: { checked } }) => toggle(what, checked)}
                  isAtTop
                />
                {labelOf(what, build)}
              </label>
            ))}
          </fieldset>
        ) : (
          <p className="m-0">No output image. Only the image record is deleted.</p>
        )}
        {isRecordOnly ? (
          made.length > 0 && (
            <p className="m-0 text-ink-3 text-xs">AMIs and snapshots are kept and still billed.</p>
          )
        ) : (
          <ExecutionRoleField target={target} role={role} onChange={setRole} />
        )}
        {made.length > 0 && <ImageUsersNote target={target} imageBuildKey={build} />}
        <p className="m-0 text-ink-3 text-xs">This can't be undone.</p>
      </div>
    </ConfirmDialog>
  );
}

function labelOf(what: Included, { amis, containers }: ImageBuild): string {
  if (what === "snapshots") return "their snapshots";
  const count = what === "amis" ? amis.length : containers.flatMap(({ imageUris }) => imageUris).length;
  return count === 1 ? `its ${LABELS[what].slice(0, -1)}` : `its ${count} ${LABELS[what]}`;
}

const wordsOf = (included: Included[]) =>
  (Object.keys(LABELS) as Included[])
    .filter((what) => included.includes(what))
    .map((what) => LABELS[what])
    .join(" and ");
