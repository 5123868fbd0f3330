"use client";
import { useQuery } from "@tanstack/react-query";
import { GripVertical } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import {
  DropIndicator,
  GridList,
  GridListItem,
  Button as HandleButton,
  useDragAndDrop,
} from "react-aria-components";
import { useFieldArray, useFormContext } from "react-hook-form";
import { useFieldError } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/inputs";
import { atVersion, isSameResource, ownerOf, parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceSummary } from "@/lib/definitions/types";
import { resourcesQuery } from "@/lib/queries/resources";
import { AddComponent } from "./add-component";
import { ownerInWords } from "./component-choices";
import { ComponentParameters } from "./component-parameters";

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
        Components <span className="font-normal text-ink-3">they run in this order</span>
      </legend>
      {fields.length > 0 && (
        <GridList
          ref={list}
          aria-label="Components of the recipe, in the order they run"
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
                <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1 sm:grid-cols-[auto_minmax(0,1fr)_auto_auto]">
                  {/* The row is what the mouse takes hold of: the handle lets its events through. */}
                  <span className="cursor-grab">
                    <HandleButton
                      slot="drag"
                      aria-label={`Move ${component}`}
                      className="grid size-6 place-items-center rounded border-0 bg-transparent text-ink-3"
                    >
                      <GripVertical size={14} aria-hidden="true" />
                    </HandleButton>
                  </span>
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    <span className="mr-2 text-ink-3">{index + 1}</span>
                    {component}{" "}
                    <span className="text-ink-3 text-xs">{ownerInRow(componentArn, summary, own.data)}</span>
                  </span>
                  <VersionChoice
                    component={component}
                    arn={componentArn}
                    known={known}
                    onChange={(arn) =>
                      setValue(`${name}.${index}.componentArn`, arn, {
                        shouldDirty: true,
                        shouldValidate: true,
                      })
                    }
                  />
                  <Button
                    variant="quiet"
                    layout="px-1.5"
                    onClick={() => remove(index)}
                    aria-label={`Remove ${component}`}
                  >
                    Remove
                  </Button>
                </div>
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

/** The newest, or one version for good. */
function VersionChoice({
  component,
  arn,
  known,
  onChange,
}: {
  component: string;
  arn: string;
  known: ResourceSummary[];
  onChange: (arn: string) => void;
}) {
  const { version = "" } = parseImageBuilderArn(arn) ?? {};
  const versions = known.filter((one) => isSameResource(one.arn, arn)).flatMap((one) => one.version ?? []);
  const options = [...new Set(["x.x.x", ...versions, version])].filter(Boolean);
  return (
    <Select
      aria-label={`Version of ${component}`}
      value={version}
      onChange={({ target: { value } }) => onChange(atVersion(arn, value))}
      look="bar"
      isMono
      layout="max-sm:col-start-2 max-sm:row-start-2 max-sm:justify-self-start"
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {option === "x.x.x" ? `newest${versions[0] ? `, now ${versions[0]}` : ""}` : option}
        </option>
      ))}
    </Select>
  );
}

const summaryOf = (known: ResourceSummary[], arn: string) => {
  const { version } = parseImageBuilderArn(arn) ?? {};
  const all = known.filter((one) => isSameResource(one.arn, arn));
  return all.find((one) => one.version === version) ?? all[0];
};

/** Amazon's stand in the ARN, so that nothing is said of them that changes once the lists are there. */
const ownerInRow = (arn: string, summary: ResourceSummary | undefined, own?: ResourceSummary[]) => {
  if (ownerOf(arn) === "Amazon") return "Amazon";
  if (!own) return "";
  return summary ? ownerInWords(summary, own) : "made with this draft";
};
