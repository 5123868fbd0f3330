"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";

const CopyConfigurationDialog = dynamic(() =>
  import("./copy-configuration-dialog").then((file) => file.CopyConfigurationDialog),
);

/** Opens the dialog that copies a group's launch configuration to a launch template. */
export function CopyConfigurationButton({
  target,
  region,
  group,
}: {
  target: string;
  region: string;
  group: string;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PermittedButton action="copy-launch-configuration" variant="primary" onClick={() => setOpen(true)}>
        Copy to a launch template
      </PermittedButton>
      {isOpen && (
        <CopyConfigurationDialog
          target={target}
          region={region}
          group={group}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
