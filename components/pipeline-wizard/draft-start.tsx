"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Card } from "@/components/ui/card";
import { RefusalNote } from "@/components/ui/refusal-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { createDraftAction } from "@/lib/actions/draft-actions";
import { TEMPLATES } from "@/lib/authoring/drafts/draft-templates";
import type { DraftOrigin } from "@/lib/authoring/drafts/schemas";
import type { DraftList, WizardStep } from "@/lib/authoring/drafts/types";
import { urls } from "@/lib/core/urls";

/** Old drafts are deleted; this long before, the list says so. */
const WARNED_DAYS = 30;

/** Where a pipeline begins: a template that is complete, an empty draft, or one left earlier. */
export function DraftStart({ target, drafts, left }: { target: string } & DraftList) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, start] = useTransition();
  const refused = useRefusal("create-draft");
  const begin = (origin: DraftOrigin, step: WizardStep) =>
    start(async () => {
      const result = await createDraftAction({ target, origin });
      if (result.ok) router.push(urls.draft(target, result.value.id, step));
      else setRefusal(result.error.message);
    });
  return (
    <div className="grid gap-4">
      {refusal && <RefusalNote refusal={refusal} />}
      {drafts.length > 0 && (
        <Card title="Continue a draft" flush>
          <ul className="m-0 list-none p-0">
            {drafts.map(({ id, name, updatedAt, updatedBy, state, daysLeft }) => (
              <li
                key={id}
                className="flex flex-wrap items-center gap-x-3 border-line border-b px-3.5 py-2 last:border-0"
              >
                <Link
                  href={urls.draft(target, id, state === "creating" ? "review" : "details")}
                  className="font-[550] no-underline hover:underline"
                >
                  {name || "Untitled pipeline"}
                </Link>
                {state === "creating" && <span className="text-wait">creation not finished</span>}
                {daysLeft !== undefined && daysLeft <= WARNED_DAYS && (
                  <span className="text-wait">
                    deleted in {daysLeft === 1 ? "1 day" : `${daysLeft} days`} unless it changes
                  </span>
                )}
                <span className="flex-1" />
                <span className="text-ink-3">
                  {updatedBy}, <RelativeTime at={updatedAt} />
                </span>
              </li>
            ))}
          </ul>
          {left > 0 && (
            <p className="m-0 border-line border-t px-3.5 py-2 text-ink-2">
              {left === 1 ? "1 older draft is" : `${left.toLocaleString("en-US")} older drafts are`} not
              listed.
            </p>
          )}
        </Card>
      )}
      <section aria-labelledby="templates" className="grid gap-3">
        <h2 id="templates" className="m-0 font-semibold text-[13.5px]">
          Start from a template
        </h2>
        {refused && <p className="m-0 text-ink-2">{refused}</p>}
        <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {TEMPLATES.map(({ id, title, says }) => (
            <button
              key={id}
              type="button"
              disabled={isBusy || refused !== undefined}
              onClick={() => begin({ from: "template", id }, "review")}
              className="grid cursor-pointer content-start gap-1 rounded-lg border border-line bg-surface px-3.5 py-3 text-left text-ink shadow-soft hover:border-line-strong hover:bg-sunken"
            >
              <span className="font-[550]">{title}</span>
              <span className="text-ink-2">{says}</span>
            </button>
          ))}
        </div>
      </section>
      <div>
        <PermittedButton
          action="create-draft"
          onClick={() => begin({ from: "nothing" }, "details")}
          disabled={isBusy}
        >
          Start from scratch
        </PermittedButton>
      </div>
    </div>
  );
}
