import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/ui/brand-mark";
import { ConfirmGuardProvider } from "@/components/ui/confirm-guard";
import { type AccountVerdict, ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import { NavigationLinks } from "./navigation-links";
import { PageArea } from "./page-area";
import { SearchButton, ShellPanels } from "./shell-panels";
import { SlowedNotice } from "./slowed-notice";
import { TargetNamesProvider } from "./target-names";
import { TargetSwitch } from "./target-switch";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";
import { TimeZoneSwitch } from "./time-zone-switch";
import { WaitingNotice } from "./waiting-notice";

/** The frame of every page: who and where one is on the left (above, on a narrow screen), the page beside it. */
export function ConsoleShell({
  targets,
  current,
  isAll = false,
  actorName,
  isLocal,
  account,
  theme,
  children,
}: {
  targets: TargetSummary[];
  /** Of pages about all accounts: the one that keys and search are about. */
  current: TargetSummary;
  isAll?: boolean;
  actorName: string;
  /** No sign-in is configured: said on every page. */
  isLocal: boolean;
  /** Whether AWS confirmed the target's account, as far as known when the page was made. */
  account: AccountVerdict;
  theme: Theme;
  children: ReactNode;
}) {
  const sections = (
    <>
      <TargetSwitch targets={targets} current={current} isAll={isAll} />
      <NavigationLinks target={current.id} isAll={isAll} />
      <div className="mt-3 grid gap-0.5 border-line border-t pt-3">
        <SearchButton />
        <ThemeSwitch initial={theme} />
        <TimeZoneSwitch />
      </div>
      <p className="m-0 mt-auto px-2.5 pt-4 text-ink-3 text-xs">
        <Link href={urls.account()} prefetch={false} className="text-ink-2 underline">
          {actorName}
        </Link>
        {isLocal && ". Local mode: no sign-in, this machine only."}
      </p>
    </>
  );
  return (
    <TargetNamesProvider targets={targets}>
      <ConfirmGuardProvider word={isAll || current.environment !== "production" ? undefined : current.label}>
        <ShellPanels target={current} targets={targets} isAll={isAll}>
          {/* A page for a screen on the wall, which nobody works at, has the whole screen. */}
          <div className="group/console min-h-screen md:grid md:grid-cols-[208px_minmax(0,1fr)] md:has-[[data-wall]]:block">
            <a
              href="#main"
              className="sr-only focus:not-sr-only focus:absolute focus:z-20 focus:m-2 focus:bg-surface focus:p-2"
            >
              Skip to main content
            </a>
            <div className="hidden border-line border-r md:block md:group-has-[[data-wall]]/console:hidden">
              <nav
                aria-label="Console"
                className="sticky top-0 flex h-screen flex-col overflow-y-auto px-2.5 py-3.5"
              >
                <Brand target={isAll ? ALL_ACCOUNTS : current.id} />
                {sections}
              </nav>
            </div>
            <details className="border-line border-b md:hidden">
              <summary className="flex cursor-pointer list-none items-center justify-between px-3 py-2">
                <BrandMark />
                <span className="text-ink-2 underline">Menu</span>
              </summary>
              <nav aria-label="Console" className="flex flex-col px-3 pb-3">
                {sections}
              </nav>
            </details>
            <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-4 pb-10 outline-none md:px-6">
              {account.state === "differs" && (
                <p role="alert" className="m-0 mb-3 rounded-md bg-fail-soft px-3 py-1.5 text-fail">
                  {account.reason}
                </p>
              )}
              <SlowedNotice target={current.id} />
              <WaitingNotice target={current.id} />
              <PageArea label={isAll ? "All accounts" : current.label}>{children}</PageArea>
            </main>
          </div>
        </ShellPanels>
      </ConfirmGuardProvider>
    </TargetNamesProvider>
  );
}

function Brand({ target }: { target: string }) {
  return (
    <Link href={urls.overview(target)} prefetch={false} className="px-2.5 pt-1 pb-3 no-underline">
      <BrandMark />
    </Link>
  );
}
