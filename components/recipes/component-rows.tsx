"use client";
import { useEffect, useRef } from "react";
import { DropIndicator, GridList, GridListItem, useDragAndDrop } from "react-aria-components";
import { useFormContext } from "react-hook-form";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceSummary } from "@/lib/definitions/types";
import { ComponentParameters } from "./component-parameters";
import { ComponentRow, summaryOf } from "./component-row";

type Entry = { componentArn: string; parameters?: { name: string; value: string[] }[] };

/** The components that were chosen, in order: dragged by mouse, or moved by keyboard from their handles. */
export function ComponentRows({
  target,
  name,
  fields,
  known,
  own,
  isAdded,
  onFocused,
  onMove,
  onRemove,
}: {
  target: string;
  /** Path of the list in the form. */
  name: string;
  fields: { id: string }[];
  known: ResourceSummary[];
  /** Components of this account; undefined while they are read. */
  own: ResourceSummary[] | undefined;
  /** The last one was just added: it takes the focus, since it can be moved from there. */
  isAdded: boolean;
  onFocused: () => void;
  onMove: (from: number, to: number) => void;
  onRemove: (index: number) => void;
}) {
  const { getValues, setValue } = useFormContext();
  const indexOf = (id: string | number) => fields.findIndex((field) => field.id === String(id));
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": String(key) })),
    renderDropIndicator: (place) => (
      <DropIndicator
        target={place}
        className="relative z-10 -my-px h-0.5 outline-none data-drop-target:bg-accent"
      />
    ),
    onReorder: ({ keys, target: place }) => {
      const [moved] = keys;
      if (moved === undefined) return;
      const [from, beside] = [indexOf(moved), indexOf(place.key)];
      const to = place.dropPosition === "before" ? beside : beside + 1;
      onMove(from, from < to ? to - 1 : to);
    },
  });

  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isAdded) return;
    onFocused();
    const handles = list.current?.querySelectorAll<HTMLElement>("[slot=drag]");
    handles?.item(handles.length - 1)?.focus();
  }, [isAdded, onFocused]);

  const entryAt = (index: number): Entry => getValues(`${name}.${index}`) as Entry;
  return (
    <GridList
      ref={list}
      aria-label="Components, in run order"
      items={fields}
      selectionMode="none"
      keyboardNavigationBehavior="tab"
      disallowTypeAhead
      dragAndDropHooks={dragAndDropHooks}
      className="grid overflow-hidden rounded-[5px] border border-line"
    >
      {fields.map(({ id }, index) => {
        const { componentArn } = entryAt(index);
        const { name: component = componentArn, version } = parseImageBuilderArn(componentArn) ?? {};
        const summary = summaryOf(known, componentArn);
        return (
          <GridListItem
            key={id}
            id={id}
            textValue={`${component} ${version ?? ""}`}
            className="border-line border-b bg-surface px-2 py-1.5 outline-none last:border-0 data-dragging:opacity-50 data-focus-visible:outline-2 data-focus-visible:outline-accent"
          >
            <ComponentRow
              number={index + 1}
              arn={componentArn}
              known={known}
              own={own}
              onVersion={(arn) =>
                setValue(`${name}.${index}.componentArn`, arn, {
                  shouldDirty: true,
                  shouldValidate: true,
                })
              }
              onRemove={() => onRemove(index)}
            />
            {summary && (
              <ComponentParameters target={target} name={`${name}.${index}.parameters`} component={summary} />
            )}
          </GridListItem>
        );
      })}
    </GridList>
  );
}
