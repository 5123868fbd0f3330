import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ConsoleShell } from "@/components/shell/console-shell";
import { PermissionsProvider } from "@/components/shell/permissions-provider";
import { QueryProvider } from "@/components/shell/query-provider";
import { PageClockProvider } from "@/components/ui/page-clock";
import { TimeZoneProvider } from "@/components/ui/time-zone";
import { readTimeZone, TIME_ZONE_COOKIE } from "@/components/ui/time-zone-choice";
import { refusalsFor } from "@/lib/auth/permissions";
import { listTargets } from "@/lib/image-builder/targets/list-targets";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** What stands around every page of the console. `isAll`: the page is about every account that the person may see. */
export async function ConsoleLayout({
  ctx,
  isAll = false,
  children,
}: {
  ctx: UseCaseContext;
  isAll?: boolean;
  children: ReactNode;
}) {
  const targets = await listTargets({ ctx });
  const { id, label, accountId, region } = ctx.target;
  const kept = await cookies();
  const theme = kept.get("theme")?.value;
  return (
    <PageClockProvider now={ctx.clock.now()}>
      <TimeZoneProvider
        kept={readTimeZone(kept.get(TIME_ZONE_COOKIE)?.value)}
        team={ctx.settings.history.timeZone}
      >
        <QueryProvider>
          <PermissionsProvider refusals={refusalsFor(ctx.actor, ctx.target)}>
            <ConsoleShell
              targets={targets}
              current={targets.find((target) => target.id === id) ?? { id, label, accountId, region }}
              isAll={isAll}
              actorName={ctx.actor.name}
              account={ctx.aws.knownAccount()}
              isLocal={ctx.actor.kind === "local-administrator"}
              theme={theme === "light" || theme === "dark" ? theme : "system"}
            >
              {children}
            </ConsoleShell>
          </PermissionsProvider>
        </QueryProvider>
      </TimeZoneProvider>
    </PageClockProvider>
  );
}
