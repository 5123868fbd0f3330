"use client";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Select } from "@/components/ui/inputs";
import { toAwsCli } from "@/lib/as-code/to-aws-cli";
import { toCloudFormation } from "@/lib/as-code/to-cloudformation";
import { toTerraform } from "@/lib/as-code/to-terraform";
import type { CodeResource } from "@/lib/as-code/types";

const FORMS = { cli: "AWS CLI", cloudformation: "CloudFormation", terraform: "Terraform" } as const;
type Form = keyof typeof FORMS;

/** The same resources as commands or templates, to copy. */
export function CodeCard({ resources, region }: { resources: CodeResource[]; region: string }) {
  const [form, setForm] = useState<Form>("cli");
  const text = {
    cli: () => toAwsCli(resources, region),
    cloudformation: () => toCloudFormation(resources),
    terraform: () => toTerraform(resources),
  }[form]();
  return (
    <Card
      title="Infrastructure as code"
      action={
        <span className="flex items-center gap-2">
          <Select
            aria-label="Format"
            value={form}
            onChange={({ target }) => setForm(target.value as Form)}
            look="bar"
          >
            {Object.entries(FORMS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
          <CopyButton text={text} label={`Copy as ${FORMS[form]}`} />
        </span>
      }
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
      <section aria-label={FORMS[form]} tabIndex={0} className="max-h-96 overflow-auto px-3.5 py-3">
        <pre className="m-0 font-mono text-xs">{text}</pre>
      </section>
    </Card>
  );
}
