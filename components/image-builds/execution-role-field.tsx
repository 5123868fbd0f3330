"use client";
import { useQuery } from "@tanstack/react-query";
import { SuggestedInput } from "@/components/form/suggested-input";
import { trustsImageBuilder } from "@/lib/image-builder/choices/types";
import { choicesQuery } from "@/lib/queries/choices";

/** A role that Image Builder may assume; its choices are the account's roles that trust the service. */
export function ExecutionRoleField({
  target,
  role,
  onChange,
}: {
  target: string;
  role: string;
  onChange: (role: string) => void;
}) {
  const { data } = useQuery(choicesQuery(target, "roles"));
  const trusted = (data?.choices ?? []).filter(trustsImageBuilder);
  return (
    <div className="grid gap-1">
      <span className="font-[550] text-ink">Execution role</span>
      <SuggestedInput label="Execution role" value={role} onChange={onChange} choices={trusted} />
      {data?.reason && <span className="text-ink-2 text-xs">{data.reason}</span>}
      <span className="text-ink-3 text-xs">
        Image Builder uses this role to change the AMIs and containers. The managed policy
        EC2ImageBuilderLifecycleExecutionPolicy has the permissions it needs.
      </span>
    </div>
  );
}
