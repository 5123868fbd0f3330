"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useCallback, useState } from "react";
import { useFieldArray } from "react-hook-form";
import { useFieldError } from "@/components/form/field";
import { resourcesQuery } from "@/lib/queries/resources";
import { AddComponent } from "./add-component";

// Dragging and its keys are a good part of the form, and a new recipe has nothing to drag yet.
const ComponentRows = dynamic(() => import("./component-rows").then((file) => file.ComponentRows));

/** What runs on the build instance, in order: dragged by mouse, or moved by keyboard from its handle. */
export function RecipeComponentsField({ target, name }: { target: string; name: string }) {
  const { fields, append, remove, move } = useFieldArray({ name });
  const message = useFieldError(name);
  const own = useQuery(resourcesQuery(target, "component"));
  const amazon = useQuery(resourcesQuery(target, "component", "Amazon"));
  const shared = useQuery(resourcesQuery(target, "component", "Shared"));
  const bought = useQuery(resourcesQuery(target, "component", "ThirdParty"));
  const known = [own, amazon, shared, bought].flatMap(({ data = [] }) => data);

  const [isAdded, setAdded] = useState(false);
  const hasFocused = useCallback(() => setAdded(false), []);
  return (
    <fieldset className="m-0 grid gap-2 border-0 p-0">
      <legend className="mb-1 p-0 font-[550]">
        Components <span className="font-normal text-ink-3">run in order</span>
      </legend>
      {fields.length > 0 && (
        <ComponentRows
          target={target}
          name={name}
          fields={fields}
          known={known}
          own={own.data}
          isAdded={isAdded}
          onFocused={hasFocused}
          onMove={move}
          onRemove={remove}
        />
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
