"use client";
import { useEffect, useState } from "react";
import { type FieldValues, type Resolver, type UseFormReturn, useForm } from "react-hook-form";
import type { z } from "zod";
import type { ConsoleError } from "@/lib/core/failure";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import type { LoadSchema } from "./form-schemas";

/** Paths are texts: the form holds JSON of any depth, for which the library's own types have no end. */
export type ResourceForm = UseFormReturn<FieldValues>;

/**
 * A form over the JSON of a resource, checked by its schema as one types. It holds the whole object, so members
 * that no field knows stay. With `keepAs` what is typed survives a reload of the tab.
 */
export function useResourceForm({
  loadSchema,
  defaultValues,
  keepAs,
}: {
  loadSchema: LoadSchema;
  defaultValues: JsonObject;
  keepAs?: string;
}): { form: ResourceForm; isRestored: boolean; startOver: () => void; forget: () => void } {
  const [resolver] = useState(() => lazyResolver(loadSchema));
  const form = useForm<FieldValues>({ defaultValues, mode: "onChange", resolver });
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

/** Without its schema, which a network may fail to bring, a form is checked by the server alone. */
function lazyResolver(loadSchema: LoadSchema): Resolver<FieldValues> {
  let loading: Promise<Resolver<FieldValues>> | undefined;
  const load = async (): Promise<Resolver<FieldValues>> => {
    const [{ zodResolver }, schema] = await Promise.all([import("@hookform/resolvers/zod"), loadSchema()]);
    // Parsed values lack the members that the schema does not know.
    return zodResolver(schema as z.ZodType<FieldValues, FieldValues>, undefined, { raw: true });
  };
  return async (values, context, options) => {
    loading ??= load();
    try {
      return await (await loading)(withoutEmpty(values as JsonObject), context, options);
    } catch {
      loading = undefined;
      return { values, errors: {} };
    }
  };
}

/** Puts a refusal at the fields it names; gives what belongs to no field. */
export function showRefusal(form: ResourceForm, error: ConsoleError): ConsoleError | undefined {
  const { fields = {} } = error;
  const paths = Object.entries(fields);
  for (const [path, reason] of paths) form.setError(path, { type: "refused", message: reason });
  const [first] = paths;
  if (first) form.setFocus(first[0]);
  return first ? undefined : error;
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
