"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CodeForm, CodeForms } from "@/components/resources/code-forms";
import { ReadFailure } from "@/components/shell/read-failure";
import { Select } from "@/components/ui/inputs";
import { Skeleton } from "@/components/ui/skeleton";
import { rolePolicyTemplate, rolePolicyTerraform } from "@/lib/as-code/role-policy-code";
import { ROLES, type Role } from "@/lib/core/actor";
import { rolePolicyQuery } from "@/lib/queries/aws-permissions";

/** The least policies of the target's AWS role, as documents and as code to deploy. */
export function RolePolicyCard({ target }: { target: string }) {
  const [role, setRole] = useState<Role>("admin");
  const { data, error, refetch } = useQuery(rolePolicyQuery(target, role));
  const names = Object.keys(data?.policies ?? {});
  const forms: CodeForm[] = data
    ? [
        ...Object.entries(data.policies).map(
          ([name, document]): CodeForm => [name, () => `${JSON.stringify(document, undefined, 2)}\n`],
        ),
        ["CloudFormation", () => rolePolicyTemplate(data.policies)],
        ["Terraform", () => rolePolicyTerraform(data.policies)],
      ]
    : [];
  return (
    <div className="grid gap-2">
      <label className="flex flex-wrap items-center gap-2">
        Highest role in this console
        <Select look="bar" value={role} onChange={({ target: { value } }) => setRole(value as Role)}>
          {ROLES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
      </label>
      {data ? (
        <>
          <CodeForms key={role} title="Least-privilege policies" forms={forms} />
          <p className="m-0 max-w-[80ch] text-ink-2">
            {names.length > 1
              ? `A managed policy holds at most 6,144 characters, so there are ${names.length}. Attach all of them to the role.`
              : "This is one managed policy. Attach it to the role."}{" "}
            The role may pass roles whose names contain ImageBuilder, and read logs and parameters that begin
            with /aws/imagebuilder/ and /imagebuilder/. For other names, run{" "}
            <code className="font-mono text-xs">npm run iam-policy -- --help</code>.
          </p>
        </>
      ) : error ? (
        <ReadFailure title="Couldn't load the policies" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading the policies" lines={6} />
      )}
    </div>
  );
}
