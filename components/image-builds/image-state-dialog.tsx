"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState, useTransition } from "react";
import { type Later, LaterField } from "@/components/form/later-field";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Checkbox, Radio } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { setImageStateAction } from "@/lib/actions/image-build-actions";
import type { Refusal } from "@/lib/core/failure";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { ImageState } from "@/lib/image-builder/image-changes/types";
import { ExecutionRoleField } from "./execution-role-field";
import { ImageUsersNote } from "./image-users-note";

const STATES: { state: ImageState; label: string; means: string }[] = [
  {
    state: "AVAILABLE",
    label: "Available",
    means: "Can be used in recipes and launched by anyone with access.",
  },
  {
    state: "DEPRECATED",
    label: "Deprecated",
    means: "Still launchable by ID; hidden from new users.",
  },
  {
    state: "DISABLED",
    label: "Disabled",
    means:
      "Can't be used in recipes. Its AMIs become private and can't be launched until the image is available again.",
  },
];

/** Deprecates or disables an image, or takes that back. */
export function ImageStateDialog({
  target,
  build,
  onClose,
}: {
  target: string;
  build: ImageBuild;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const id = useId();
  const choices = STATES.filter(({ state }) => state !== build.status);
  const [state, setState] = useState<ImageState>(choices[0]?.state ?? "DEPRECATED");
  const [amis, setAmis] = useState(true);
  const [role, setRole] = useState("");
  const [at, setAt] = useState<Later>({ text: "" });
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const { name, version, build: number } = build;
  const takesAmis = amis && build.amis.length > 0;
  const change = () =>
    start(async () => {
      if (state === "DEPRECATED" && at.wrong) return setRefusal(at.wrong);
      const later = state === "DEPRECATED" ? at.instant : undefined;
      const key = { name, version, build: number };
      const result = await setImageStateAction({
        ...{ target, key, state, at: later, amis: takesAmis },
        executionRole: takesAmis ? role.trim() || undefined : undefined,
      });
      if (!result.ok) {
        const [first] = Object.values(result.error.fields ?? {});
        return setRefusal(first ?? result.error);
      }
      await queries.invalidateQueries({ queryKey: ["image-builds", target] });
      showToast({
        text: `${name} ${version}/${number} ${later ? `will be deprecated` : `is ${state.toLowerCase()}`}.`,
      });
      onClose();
    });
  return (
    <ConfirmDialog
      title={`Change the state of ${name} ${version}/${number}?`}
      confirmLabel="Change state"
      keepLabel="Cancel"
      danger={state === "DISABLED"}
      isGuarded
      isBusy={isBusy || (takesAmis && role.trim() === "")}
      error={refusal}
      onConfirm={change}
      onClose={onClose}
    >
      <div className="grid gap-3">
        <fieldset className="m-0 grid gap-2 border-0 p-0">
          <legend className="mb-1 p-0">Current state: {build.status.toLowerCase()}. New state:</legend>
          {choices.map((choice) => (
            <label key={choice.state} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
              <Radio
                name={id}
                checked={state === choice.state}
                onChange={() => setState(choice.state)}
                isAtTop
              />
              <span className="font-[550] text-ink">{choice.label}</span>
              <span className="col-start-2 text-ink-3 text-xs">{choice.means}</span>
            </label>
          ))}
        </fieldset>
        {state === "DEPRECATED" && <LaterField label="Effective" later={at} onChange={setAt} />}
        {build.amis.length > 0 && (
          <label className="flex items-start gap-2">
            <Checkbox checked={amis} onChange={({ target: { checked } }) => setAmis(checked)} isAtTop />
            {build.amis.length === 1 ? "Include 1 AMI" : `Include ${build.amis.length} AMIs`}
          </label>
        )}
        {takesAmis ? (
          <ExecutionRoleField target={target} role={role} onChange={setRole} />
        ) : (
          build.amis.length > 0 && (
            <p className="m-0 text-ink-3 text-xs">Only the image record changes. AMIs aren't affected.</p>
          )
        )}
        {state !== "AVAILABLE" && <ImageUsersNote target={target} imageBuildKey={build} />}
      </div>
    </ConfirmDialog>
  );
}
