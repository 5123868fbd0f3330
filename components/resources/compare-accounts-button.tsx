"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTargets } from "@/components/shell/target-names";
import { Button } from "@/components/ui/button";
import type { ResourceKey } from "@/lib/core/resource-names";

const CompareAccountsDialog = dynamic(() =>
  import("./compare-accounts-dialog").then((file) => file.CompareAccountsDialog),
);

/** Opens the comparison with the resource of the same name in another account; nothing where there is no other. */
export function CompareAccountsButton({ target, resourceKey }: { target: string; resourceKey: ResourceKey }) {
  const [isOpen, setOpen] = useState(false);
  const others = useTargets().filter(({ id }) => id !== target);
  if (others.length === 0) return null;
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        Compare accounts
      </Button>
      {isOpen && (
        <CompareAccountsDialog
          target={target}
          resourceKey={resourceKey}
          others={others}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
