import { useEffect, useRef } from "react";
import { type FieldValues, get, type UseFormReturn } from "react-hook-form";

/** The parts that are made with the pipeline and are called like it until somebody calls them otherwise. */
const NAMES = ["recipe.input.name", "infrastructure.input.name", "distribution.input.name"];

/** Keeps the names of new parts equal to the pipeline's as it is typed. */
export function useFollowingNames(form: UseFormReturn<FieldValues>): void {
  const before = useRef(String(form.getValues("details.name") ?? ""));
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          const name = String(get(values, "details.name") ?? "");
          if (name === before.current) return;
          const followed = before.current;
          before.current = name;
          for (const path of NAMES) {
            const own: unknown = get(values, path);
            if (own === "" || (own !== undefined && own === followed))
              form.setValue(path, name, { shouldDirty: true });
          }
        },
      }),
    [form],
  );
}
