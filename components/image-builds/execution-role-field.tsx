"use client";
import { useQuery } from "@tanstack/react-query";
import { SuggestedInput } from "@/components/form/suggested-input";
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
  const trusted = (data?.choices ?? []).filter(({ trustedServices = [] }) =>
    trustedServices.includes("imagebuilder.amazonaws.com"),
  );
  return (
    <div className="grid gap-1">
      <span className="font-[550] text-ink">Execution role</span>
      <SuggestedInput label="Execution role" value={role} onChange={onChange} choices={trusted} />
      <span className="text-ink-3 text-xs">
        Image Builder uses this role to change the AMIs and containers. The managed policy
        EC2ImageBuilderLifecycleExecutionPolicy has the permissions it needs.
      </span>
    </div>
  );
}
