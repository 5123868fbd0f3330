import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import type { FailedPart, NextAction } from "@/lib/build-log/diagnosis/types";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { urls } from "@/lib/core/urls";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";

/**
 * What a person can do next about a failed build, by what a rule of the diagnosis advises. To run it again or retry it
 * is in the heading of the page, whatever a rule says.
 */
export function nextActionsOf(
  target: string,
  { recipe, infrastructure, distribution }: ImageBuild,
  { step, component: reference }: FailedPart,
): Partial<Record<NextAction, ReactNode>> {
  const component = parseImageBuilderArn(reference);
  const failed = component?.version && {
    name: component.name,
    version: component.version,
    ...(component.accountId === "aws" && { owner: "Amazon" as const }),
  };
  return {
    "open-component": failed && (
      <OpenLink
        variant="secondary"
        href={
          step
            ? urls.componentStep(target, failed, step)
            : urls.resource(target, { kind: "component", ...failed })
        }
      >
        Open {failed.name}
        {step && " at this step"}
      </OpenLink>
    ),
    "open-recipe": recipe && <OpenLink href={urls.resource(target, recipe)}>Open {recipe.name}</OpenLink>,
    "open-infrastructure": (
      <OpenLink
        href={
          infrastructure
            ? urls.resource(target, { kind: "infrastructure-configuration", name: infrastructure })
            : urls.resources(target, "infrastructure-configuration")
        }
      >
        Open infrastructure configuration
      </OpenLink>
    ),
    "open-distribution": (
      <OpenLink
        href={
          distribution
            ? urls.resource(target, { kind: "distribution-configuration", name: distribution })
            : urls.resources(target, "distribution-configuration")
        }
      >
        Open distribution configuration
      </OpenLink>
    ),
    "open-approvals": <OpenLink href={urls.approvals(target)}>Open approvals</OpenLink>,
    "fix-permissions": <OpenLink href={urls.awsPermissions(target)}>View missing permissions</OpenLink>,
  };
}

const OpenLink = ({
  href,
  variant = "primary",
  children,
}: {
  href: Route;
  variant?: "primary" | "secondary";
  children: ReactNode;
}) => (
  <Link href={href} prefetch={false} className={buttonClass(variant)}>
    {children}
  </Link>
);
