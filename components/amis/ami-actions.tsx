"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PermittedButton } from "@/components/shell/permitted-button";
import type { AmiDetail } from "@/lib/fleet/amis/types";

const ShareAmiDialog = dynamic(() => import("./share-ami-dialog").then((file) => file.ShareAmiDialog));
const CopyAmiDialog = dynamic(() => import("./copy-ami-dialog").then((file) => file.CopyAmiDialog));
const ProtectAmiDialog = dynamic(() => import("./protect-ami-dialog").then((file) => file.ProtectAmiDialog));

/** What can be done with an AMI beside retiring it. */
export function AmiActions({ target, ami }: { target: string; ami: AmiDetail }) {
  const [open, setOpen] = useState<"share" | "copy" | "protect">();
  const close = () => setOpen(undefined);
  const resource = ami.build?.name ?? "";
  return (
    <>
      {ami.isOwn && (
        <PermittedButton action="protect-ami" resource={resource} onClick={() => setOpen("protect")}>
          Protection
        </PermittedButton>
      )}
      <PermittedButton action="copy-ami" resource={resource} onClick={() => setOpen("copy")}>
        Copy to Regions
      </PermittedButton>
      {ami.isOwn && (
        <PermittedButton action="share-ami" resource={resource} onClick={() => setOpen("share")}>
          Share
        </PermittedButton>
      )}
      {open === "share" && <ShareAmiDialog target={target} ami={ami} onClose={close} />}
      {open === "copy" && <CopyAmiDialog target={target} ami={ami} onClose={close} />}
      {open === "protect" && <ProtectAmiDialog target={target} ami={ami} onClose={close} />}
    </>
  );
}
