"use client";
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { showToast } from "@/components/ui/toasts";
import type { ActionResult, Refusal } from "@/lib/core/failure";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import type { LoadSchema } from "./form-schemas";
import { useClientToken } from "./use-client-token";
import { showRefusal, useResourceForm } from "./use-resource-form";

/**
 * A form that makes something new: what is typed survives a reload, a second try is the same request, and a refusal
 * is shown at the fields it names. Once it is made, the lists under `stale` are read again and its page is opened.
 */
export function useCreation<Made>({
  loadSchema,
  defaultValues,
  keepAs,
  send,
  stale,
  pageOf,
  doneOf,
}: {
  loadSchema: LoadSchema;
  defaultValues: JsonObject;
  /** What is typed is kept under this name. */
  keepAs: string;
  /** `clientToken` is the same for the same input, so that AWS makes it once. */
  send: (input: JsonObject, clientToken: string) => Promise<ActionResult<Made>>;
  stale: QueryKey;
  pageOf: (input: JsonObject, made: Made) => Route;
  /** "Created component web." */
  doneOf: (input: JsonObject) => string;
}) {
  const router = useRouter();
  const queries = useQueryClient();
  const { form, isRestored, startOver, forget } = useResourceForm({ loadSchema, defaultValues, keepAs });
  const tokenFor = useClientToken();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, start] = useTransition();
  const submit = form.handleSubmit(() => {
    const input = withoutEmpty(form.getValues() as JsonObject);
    start(async () => {
      setRefusal(undefined);
      const result = await send(input, tokenFor(input));
      if (!result.ok) return setRefusal(showRefusal(form, result.error));
      forget();
      await queries.invalidateQueries({ queryKey: stale, refetchType: "none" });
      showToast({ text: doneOf(input) });
      router.push(pageOf(input, result.value));
    });
  });
  const leaveTo = (page: Route) => router.push(page);
  return { form, isRestored, startOver, refusal, isBusy, submit, leaveTo };
}
