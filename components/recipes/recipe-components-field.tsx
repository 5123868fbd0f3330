"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { DropIndicator, GridList, GridListItem, useDragAndDrop } from "react-aria-components";
import { useFieldArray, useFormContext } from "react-hook-form";
import { useFieldError } from "@/components/form/field";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { resourcesQuery } from "@/lib/queries/resources";
import { AddComponent } from "./add-component";
import { ComponentParameters } from "./component-parameters";
import { ComponentRow, summaryOf } from "./component-row";

type Entry = { componentArn: string; parameters?: { name: string; value: string[] }[] };

/** What runs on the build instance, in order: dragged by mouse, or moved by keyboard from its handle. */
export function RecipeComponentsField({ target, name }: { target: string; name: string }) {
  const { fields, append, remove, move } = useFieldArray({ name });
  const { getValues, setValue } = useFormContext();
  const message = useFieldError(name);
  const own = useQuery(resourcesQuery(target, "component"));
  const amazon = useQuery(resourcesQuery(target, "component", "Amazon"));
  const shared = useQuery(resourcesQuery(target, "component", "Shared"));
  const bought = useQuery(resourcesQuery(target, "component", "ThirdParty"));
  const known = [own, amazon, shared, bought].flatMap(({ data = [] }) => data);

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
      move(from, from < to ? to - 1 : to);
    },
  });

  const list = useRef<HTMLDivElement>(null);
  const [isAdded, setAdded] = useState(false);
  // The place to go on from: the new one, which can be moved from there.
  useEffect(() => {
    if (!isAdded || fields.length === 0) return;
    setAdded(false);
    const handles = list.current?.querySelectorAll<HTMLElement>("[slot=drag]");
    handles?.item(handles.length - 1)?.focus();
  }, [isAdded, fields.length]);

  const entryAt = (index: number): Entry => getValues(`${name}.${index}`) as Entry;
  return (
    <fieldset className="m-0 grid gap-2 border-0 p-0">
      <legend className="mb-1 p-0 font-[550]">
        Components <span className="font-normal text-ink-3">run in order</span>
      </legend>
      {fields.length > 0 && (
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
                  own={own.data}
                  onVersion={(arn) =>
                    setValue(`${name}.${index}.componentArn`, arn, {
                      shouldDirty: true,
                      shouldValidate: true,
                    })
                  }
                  onRemove={() => remove(index)}
                />
                {summary && (
                  <ComponentParameters
                    target={target}
                    name={`${name}.${index}.parameters`}
                    component={summary}
                  />
                )}
              </GridListItem>
            );
          })}
        </GridList>
      )}
      {message && (
        <p role="alert" className="m-0 text-fail text-xs">
          {message}
        </p>
      )}
      <AddComponent
        known={known}
        own={own.data ?? []}
        onAdd={(componentArn) => {
          append({ componentArn }, { shouldFocus: false });
          setAdded(true);
        }}
      />
    </fieldset>
  );
}
