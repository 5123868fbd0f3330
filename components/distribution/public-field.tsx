"use client";
import { useId } from "react";
import { Controller } from "react-hook-form";
import { Checkbox } from "@/components/ui/inputs";

/** The group `all` among the groups an AMI is shared with; other groups stay as they are. */
export function PublicField({ name }: { name: string }) {
  const id = useId();
  return (
    <Controller
      name={name}
      render={({ field: { value, onChange, onBlur, ref } }) => {
        const groups: unknown[] = Array.isArray(value) ? value : [];
        const others = groups.filter((group) => group !== "all");
        const isPublic = groups.includes("all");
        return (
          <div className="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-2">
            <Checkbox
              id={id}
              ref={ref}
              checked={isPublic}
              onBlur={onBlur}
              onChange={({ target }) => onChange(target.checked ? [...others, "all"] : others)}
              aria-describedby={`${id}-said`}
              isAtTop
            />
            <label htmlFor={id}>Make the AMI public</label>
            <p
              id={`${id}-said`}
              className={`col-start-2 m-0 text-xs ${isPublic ? "text-wait" : "text-ink-3"}`}
            >
              Anyone with an AWS account can launch and copy this AMI. Encrypted AMIs can't be public.
            </p>
          </div>
        );
      }}
    />
  );
}
