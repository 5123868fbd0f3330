"use client";
import type { ReactNode } from "react";
import { ShownOnceDialog } from "@/components/ui/shown-once-dialog";

/** A webhook's signing secret. */
export const SecretDialog = ({
  secret,
  children,
  onClose,
}: {
  secret: string;
  children?: ReactNode;
  onClose: () => void;
}) => (
  <ShownOnceDialog
    title="Signing secret"
    intro="Copy it to the receiver now. It is not shown again."
    secret={secret}
    copyLabel="Copy the signing secret"
    onClose={onClose}
  >
    {children}
  </ShownOnceDialog>
);
