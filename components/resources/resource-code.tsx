"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { CodeResource } from "@/lib/as-code/types";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { Resource } from "@/lib/definitions/types";
import { toCreateInput } from "@/lib/definitions/writable-members";

const CodeCard = dynamic(() => import("./code-card").then((file) => file.CodeCard));

/** A resource of one's own as commands or a template; what writes them is loaded when somebody asks. */
export function ResourceCode({ resource }: { resource: Pick<Resource, "kind" | "arn" | "content"> }) {
  const [isShown, setShown] = useState(false);
  const { kind, arn, content } = resource;
  if (!isShown)
    return (
      <Card title="Infrastructure as code">
        <Button onClick={() => setShown(true)}>Show code</Button>
      </Card>
    );
  const input = toCreateInput(kind, content);
  return (
    <CodeCard
      // AWS's answer in the shape of its request: what a tool has no word for is named above the code.
      resources={[{ kind, arn, input } as unknown as CodeResource]}
      region={parseImageBuilderArn(arn)?.region ?? ""}
    />
  );
}
