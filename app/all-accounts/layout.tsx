import type { ReactNode } from "react";
import { ConsoleLayout } from "@/app/console-layout";
import { openContext } from "@/lib/use-case/use-case-context";

export default async function AllAccountsLayout({ children }: { children: ReactNode }) {
  return (
    <ConsoleLayout ctx={await openContext()} isAll>
      {children}
    </ConsoleLayout>
  );
}
