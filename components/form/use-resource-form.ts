"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { type FieldValues, type Resolver, type UseFormReturn, useForm } from "react-hook-form";
import type { z } from "zod";
import type { ConsoleError } from "@/lib/core/failure";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";

/** Paths are texts: the form holds JSON of any depth, for which the library's own types have no end. */
export type ResourceForm = UseFormReturn<FieldValues>;

/**
 * A form over the JSON of a resource, checked by `schema` as one types. It holds the whole object, so members
 * that no field knows stay. With `keepAs` what is typed survives a reload of the tab.
 */
export function useResourceForm({
  schema,
  defaultValues,
  keepAs,
}: {
  schema: z.ZodType;
  defaultValues: JsonObject;
  keepAs?: string;
}): { form: ResourceForm; isRestored: boolean; startOver: () => void; forget: () => void } {
  const check: Resolver<FieldValues> = zodResolver(
    schema as z.ZodType<FieldValues, FieldValues>,
    undefined,
    // Parsed values lack the members that the schema does not know.
    { raw: true },
  );
  const form = useForm<FieldValues>({
    defaultValues,
    mode: "onChange",
    resolver: (values, context, options) => check(withoutEmpty(values as JsonObject), context, options),
  });
  const [isRestored, setRestored] = useState(false);
  const key = keepAs && `goldsmith-form:${keepAs}`;

  useEffect(() => {
    if (!key) return;
    const kept = readKept(key);
    if (kept) {
      form.reset(kept, { keepDefaultValues: true });
      setRestored(true);
    }
    return form.subscribe({
      formState: { values: true },
      callback: ({ values }) => keep(key, values),
    });
  }, [key, form]);

  useUnsavedWarning(form.formState.isDirty && !form.formState.isSubmitSuccessful);

  const forget = () => {
    if (key) sessionStorage.removeItem(key);
  };
  const startOver = () => {
    form.reset(defaultValues);
    setRestored(false);
    forget();
  };
  return { form, isRestored, startOver, forget };
}

/** Puts a refusal at the fields it names; gives what belongs to no field. */
export function showRefusal(form: ResourceForm, { message, fields = {} }: ConsoleError): string | undefined {
  const paths = Object.entries(fields);
  for (const [path, reason] of paths) form.setError(path, { type: "refused", message: reason });
  const [first] = paths;
  if (first) form.setFocus(first[0]);
  return first ? undefined : message;
}

function useUnsavedWarning(isUnsaved: boolean) {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isUnsaved]);
}

/** A browser keeps some megabytes; what is longer is refused by the schema, and not worth an error. */
function keep(key: string, values: FieldValues) {
  try {
    sessionStorage.setItem(key, JSON.stringify(values));
  } catch {
    sessionStorage.removeItem(key);
  }
}

function readKept(key: string): JsonObject | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "") as JsonObject;
  } catch {
    return undefined;
  }
}
