"use client";
import type { Route } from "next";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import type { ResourceKey } from "@/lib/core/resource-names";

const DeletionDialog = dynamic(() => import("./deletion-dialog").then((module) => module.DeletionDialog));

/** Deletes a resource after showing what uses it; with dependents, all of them in the order AWS takes. */
export function DeleteResourceButton({
  target,
  resourceKey,
  leadsTo,
}: {
  target: string;
  resourceKey: ResourceKey;
  /** Where to go when it is gone. */
  leadsTo: Route;
}) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <PermittedButton action="delete-resource" resource={resourceKey.name} onClick={() => setAsking(true)}>
        Delete
      </PermittedButton>
      {isAsking && (
        <DeletionDialog
          target={target}
          resourceKey={resourceKey}
          leadsTo={leadsTo}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
