"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState, useTransition } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { showToast } from "@/components/ui/toasts";
import { setResourceTagsAction } from "@/lib/actions/resource-actions";
import { nameInArn } from "@/lib/core/arn";

// Most pages show tags; few people change them, and the fields bring a library of forms.
const TagInputs = dynamic(() => import("@/components/form/tag-fields").then((module) => module.TagInputs));

/** The tags of a resource, changed in place. */
export function TagsCard({
  target,
  arn,
  tags,
  isOwn = true,
}: {
  target: string;
  arn: string;
  tags: Record<string, string>;
  isOwn?: boolean;
}) {
  const queries = useQueryClient();
  const [edited, setEdited] = useState<Record<string, string>>();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const send = async (wanted: Record<string, string>) => {
    const result = await setResourceTagsAction({ target, arn, tags: wanted });
    if (!result.ok) return result.error.message;
    for (const kind of ["resources", "pipelines", "image-builds"])
      await queries.invalidateQueries({ queryKey: [kind, target] });
  };
  const save = () =>
    start(async () => {
      const refused = await send(edited ?? tags);
      if (refused !== undefined) return setRefusal(refused);
      setEdited(undefined);
      showToast({ text: `Saved the tags of ${nameInArn(arn)}.`, undo: () => send(tags) });
    });
  return (
    <Card
      title="Tags"
      action={
        isOwn &&
        !edited && (
          <PermittedButton
            action="set-resource-tags"
            resource={nameInArn(arn)}
            variant="quiet"
            onClick={() => {
              setRefusal(undefined);
              setEdited(tags);
            }}
          >
            Edit tags
          </PermittedButton>
        )
      }
    >
      {edited ? (
        <div className="grid gap-3">
          <TagInputs label="Tags" tags={edited} onChange={setEdited} message={refusal} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setEdited(undefined)}>Cancel</Button>
            <Button variant="primary" onClick={save} disabled={isBusy}>
              {isBusy ? "Saving…" : "Save tags"}
            </Button>
          </div>
        </div>
      ) : Object.keys(tags).length > 0 ? (
        <FactList
          facts={Object.entries(tags).map(([label, value]) => ({ label, value: value || "(empty)" }))}
        />
      ) : (
        <p className="m-0 text-ink-2">None.</p>
      )}
    </Card>
  );
}
