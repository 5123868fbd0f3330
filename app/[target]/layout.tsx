import type { ReactNode } from "react";
import { ConsoleLayout } from "@/app/console-layout";
import { orNotFound } from "@/app/or-not-found";
import { openContext } from "@/lib/use-case/use-case-context";

export default async function TargetLayout({
  params,
  children,
}: LayoutProps<"/[target]"> & { children: ReactNode }) {
  const { target } = await params;
  return <ConsoleLayout ctx={await orNotFound(openContext(target))}>{children}</ConsoleLayout>;
}
