import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { orNotFound } from "@/app/or-not-found";
import { ConsoleShell } from "@/components/shell/console-shell";
import { PermissionsProvider } from "@/components/shell/permissions-provider";
import { QueryProvider } from "@/components/shell/query-provider";
import { PageClockProvider } from "@/components/ui/page-clock";
import { refusalsFor } from "@/lib/auth/permissions";
import { listTargets } from "@/lib/image-builder/targets/list-targets";
import { openContext } from "@/lib/use-case/use-case-context";

export default async function TargetLayout({
  params,
  children,
}: LayoutProps<"/[target]"> & { children: ReactNode }) {
  const { target } = await params;
  const ctx = await orNotFound(openContext(target));
  const targets = await listTargets({ ctx });
  const current = targets.find(({ id }) => id === ctx.target.id);
  if (!current) notFound();
  const theme = (await cookies()).get("theme")?.value;
  return (
    <PageClockProvider now={ctx.clock.now()}>
      <QueryProvider>
        <PermissionsProvider refusals={refusalsFor(ctx.actor, ctx.target)}>
          <ConsoleShell
            targets={targets}
            current={current}
            actorName={ctx.actor.name}
            account={ctx.aws.knownAccount()}
            isLocal={ctx.actor.kind === "local-administrator"}
            theme={theme === "light" || theme === "dark" ? theme : "system"}
          >
            {children}
          </ConsoleShell>
        </PermissionsProvider>
      </QueryProvider>
    </PageClockProvider>
  );
}
