"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";

const CreateAmiDialog = dynamic(() => import("./create-ami-dialog").then((file) => file.CreateAmiDialog));

/** Opens the dialog that creates an AMI from an instance. */
export function CreateAmiButton({ target, region }: { target: string; region: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PermittedButton action="create-ami" onClick={() => setOpen(true)}>
        Create from an instance
      </PermittedButton>
      {isOpen && <CreateAmiDialog target={target} home={region} onClose={() => setOpen(false)} />}
    </>
  );
}
