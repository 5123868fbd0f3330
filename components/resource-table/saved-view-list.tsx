"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { useRefusal } from "@/components/shell/permissions-provider";
import { PermittedButton } from "@/components/shell/permitted-button";
import { Button } from "@/components/ui/button";
import { Checkbox, Input } from "@/components/ui/inputs";
import { writeAddress } from "@/components/ui/navigation-under-way";
import { RefusalText } from "@/components/ui/refusal-text";
import { deleteViewAction, saveViewAction } from "@/lib/actions/bookmark-actions";
import type { SavedView } from "@/lib/bookmarks/types";
import type { ActionResult, Refusal } from "@/lib/core/failure";
import { viewsQuery } from "@/lib/queries/bookmarks";
import { hiddenInBrowser } from "./use-chosen-columns";

/** What the address says, and the columns that this browser leaves out. */
function queryToSave(query: string, table: string): string {
  const saved = new URLSearchParams(query);
  const hidden = hiddenInBrowser(table);
  if (!saved.has("hide") && hidden) saved.set("hide", hidden);
  return saved.toString();
}

/** The views of a list: choose one, save what the list shows now, rename and delete. */
export function SavedViewList({
  target,
  list,
  table,
  onChosen,
}: {
  target: string;
  list: string;
  /** The table's caption. */
  table: string;
  onChosen: () => void;
}) {
  const queries = useQueryClient();
  const pathname = usePathname();
  const query = useSearchParams().toString();
  const { data, error } = useQuery(viewsQuery(target, list));
  const [edited, setEdited] = useState<SavedView>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const unshared = useRefusal("share-view");
  const undeleted = useRefusal("delete-view");

  const write = (work: () => Promise<ActionResult<unknown>>) =>
    start(async () => {
      const result = await work();
      setRefusal(result.ok ? undefined : result.error);
      if (result.ok) setEdited(undefined);
      await queries.invalidateQueries({ queryKey: ["views", target, list] });
    });
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const name = String(given.get("name"));
    const isShared = given.get("isShared") === "on";
    write(async () => {
      const result = await saveViewAction({
        ...{ target, list, name, isShared },
        ...(edited ? { id: edited.id, query: edited.query } : { query: queryToSave(query, table) }),
      });
      if (result.ok) form.reset();
      return result;
    });
  };
  const choose = (view: SavedView) => {
    writeAddress(() => (view.query ? `${pathname}?${view.query}` : pathname));
    onChosen();
  };

  return (
    <div className="grid gap-2.5">
      {error && <p className="m-0 text-fail text-xs">{error.message}</p>}
      {!data && !error && <p className="m-0 text-ink-3">Loading…</p>}
      {data?.length === 0 && <p className="m-0 text-ink-2">No saved views yet.</p>}
      {data && data.length > 0 && (
        <ul aria-label="Saved views" className="m-0 grid max-h-[40vh] list-none gap-0.5 overflow-auto p-0">
          {data.map((view) => (
            <li key={view.id} className="flex items-center gap-1">
              <button
                type="button"
                onClick={() => choose(view)}
                aria-current={view.query === query ? "true" : undefined}
                title={view.isShared ? `Saved for the team by ${view.by}` : undefined}
                className="min-w-0 flex-1 cursor-pointer rounded border-0 bg-transparent px-2 py-1 text-left text-ink [overflow-wrap:anywhere] hover:bg-mute-soft aria-[current]:bg-mute-soft aria-[current]:font-[550]"
              >
                {view.name}
                {view.isShared && <span className="ml-1.5 text-ink-3 text-xs">team</span>}
              </button>
              {view.isEditable && (
                <>
                  <IconButton label={`Rename ${view.name}`} onClick={() => setEdited(view)}>
                    <Pencil size={13} aria-hidden="true" />
                  </IconButton>
                  <IconButton
                    isOff={undeleted !== undefined}
                    label={`Delete ${view.name}`}
                    onClick={() => write(() => deleteViewAction({ target, id: view.id }))}
                  >
                    <Trash2 size={13} aria-hidden="true" />
                  </IconButton>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <form
        key={edited?.id ?? "new"}
        onSubmit={save}
        className="grid gap-2 border-line border-t pt-2.5"
        aria-label={edited ? `Rename ${edited.name}` : "Save this view"}
      >
        <label className="grid gap-1">
          <span className="text-ink-2 text-xs">{edited ? "New name" : "Save these filters as"}</span>
          <Input name="name" required maxLength={60} autoComplete="off" defaultValue={edited?.name} />
        </label>
        <label className="flex items-center gap-2" title={unshared}>
          <Checkbox name="isShared" defaultChecked={edited?.isShared} disabled={unshared !== undefined} />
          For the team
        </label>
        {refusal && (
          <p role="alert" className="m-0 text-fail text-xs">
            <RefusalText refusal={refusal} />
          </p>
        )}
        <div className="flex justify-end gap-2">
          {edited && <Button onClick={() => setEdited(undefined)}>Cancel</Button>}
          <PermittedButton action="save-view" type="submit" variant="primary" disabled={isBusy}>
            {edited ? "Rename" : "Save view"}
          </PermittedButton>
        </div>
      </form>
    </div>
  );
}

function IconButton({
  label,
  isOff = false,
  onClick,
  children,
}: {
  label: string;
  isOff?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={isOff}
      onClick={onClick}
      className="inline-grid size-6 cursor-pointer place-items-center rounded border-0 bg-transparent p-0 text-ink-3 hover:text-ink"
    >
      {children}
    </button>
  );
}
