"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Checkbox } from "@/components/ui/inputs";
import { showToast } from "@/components/ui/toasts";
import { deleteResourceAction } from "@/lib/actions/resource-actions";
import type { Refusal } from "@/lib/core/failure";
import type { ResourceKey } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { ResourceReference } from "@/lib/definitions/types";
import { deletionPlanQuery } from "@/lib/queries/resources";

/** Says what a deletion takes along, and deletes it in the order AWS takes; what is gone stays crossed out. */
export function DeletionDialog({
  target,
  resourceKey,
  leadsTo,
  onClose,
}: {
  target: string;
  resourceKey: ResourceKey;
  leadsTo: Route;
  onClose: () => void;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const { data: plan, error, isFetching } = useQuery(deletionPlanQuery(target, resourceKey));
  const [gone, setGone] = useState<string[]>([]);
  const [isAgreed, setAgreed] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();

  const { one, versioned } = KIND_FACTS[resourceKey.kind];
  const title = `${resourceKey.name}${versioned && resourceKey.version ? ` ${resourceKey.version}` : ""}`;
  const order = plan?.order ?? [];
  const dependents = order.slice(0, -1);

  const remove = () =>
    start(async () => {
      setRefusal(undefined);
      for (const each of order.filter(({ arn }) => !gone.includes(arn))) {
        if (each.kind === "image") continue;
        const result = await deleteResourceAction({ target, kind: each.kind, arn: each.arn });
        if (!result.ok)
          return setRefusal({
            ...result.error,
            message: `Couldn't delete ${each.name}. ${result.error.message}`,
          });
        setGone((known) => [...known, each.arn]);
      }
      await queries.invalidateQueries({ queryKey: ["resources", target], refetchType: "none" });
      await queries.invalidateQueries({ queryKey: ["pipelines", target], refetchType: "none" });
      showToast({
        text: order.length > 1 ? `Deleted ${title} and ${order.length - 1} more.` : `Deleted ${title}.`,
      });
      router.push(leadsTo);
    });

  const isReady = plan !== undefined && !isFetching && (dependents.length === 0 || isAgreed);
  return (
    <ConfirmDialog
      title={`Delete ${one} ${title}?`}
      confirmLabel={dependents.length > 0 ? `Delete all ${order.length}` : "Delete"}
      keepLabel="Cancel"
      danger
      isBusy={isBusy || !isReady}
      error={refusal ?? error?.message}
      onConfirm={remove}
      onClose={onClose}
    >
      <div className="grid gap-2.5">
        {plan ? (
          <>
            {dependents.length > 0 ? (
              <>
                <p className="m-0">In use. To delete it, also delete these resources:</p>
                <DeletionOrder order={order} gone={gone} />
                <label className="flex items-start gap-2">
                  <Checkbox
                    checked={isAgreed}
                    onChange={({ target: { checked } }) => setAgreed(checked)}
                    isAtTop
                  />
                  Delete all {order.length}, {dependents.length} of which use it
                </label>
              </>
            ) : (
              <p className="m-0">Not in use. This can't be undone.</p>
            )}
            {plan.hidden && <p className="m-0 text-wait">The list may be incomplete. {plan.hidden}</p>}
            <p className="m-0 text-ink-3 text-xs">Existing images and AMIs are kept.</p>
          </>
        ) : (
          !error && <p className="m-0">Checking usage…</p>
        )}
      </div>
    </ConfirmDialog>
  );
}

function DeletionOrder({ order, gone }: { order: ResourceReference[]; gone: string[] }) {
  return (
    <ol className="m-0 grid max-h-[40vh] list-decimal gap-1 overflow-auto pl-5">
      {order.map(({ kind, arn, name, version }) => (
        <li key={arn} className={gone.includes(arn) ? "text-ink-3" : ""}>
          <span className={gone.includes(arn) ? "line-through" : ""}>
            {name} {version && <span className="font-mono text-xs">{version}</span>}
          </span>{" "}
          <span className="text-ink-3 text-xs">
            {kind === "image" ? "image" : KIND_FACTS[kind].one}
            {gone.includes(arn) && ", deleted"}
          </span>
        </li>
      ))}
    </ol>
  );
}
