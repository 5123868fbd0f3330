import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountView } from "@/components/account/account-view";
import { SessionList } from "@/components/account/session-list";
import { SignOutButton } from "@/components/account/sign-out-button";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { urls } from "@/lib/core/urls";
import { listSessions } from "@/lib/http/own-sessions";
import { currentIdentity, groupsClaim, proxyPage, refusalFor } from "@/lib/use-case/session";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage({ searchParams }: PageProps<"/account">) {
  const { for: action, on } = await searchParams;
  const identity = await currentIdentity();
  if (!identity) redirect(urls.signIn(urls.account()));
  const sessions = await listSessions();
  const refusal = refusalFor(identity.actor, action, on);
  const signOutUrl = proxyPage("signOutAt", urls.home());
  const isSomebodyElses = sessions.some(({ personId }) => personId !== identity.session?.personId);
  return (
    <main className="mx-auto max-w-[1000px] px-4 pt-6 pb-10 md:px-6">
      <PageHeader
        crumbs={<Crumb to={urls.home()}>Goldsmith</Crumb>}
        title={identity.actor.name}
        detail={
          identity.actor.label !== undefined &&
          identity.actor.label !== identity.actor.name && (
            <span className="text-ink-2">{identity.actor.label}</span>
          )
        }
      >
        {identity.session ? (
          <SignOutButton />
        ) : (
          signOutUrl && (
            <a href={signOutUrl} className={buttonClass()}>
              Sign out
            </a>
          )
        )}
      </PageHeader>
      <div className="grid gap-4">
        {refusal && (
          <p role="alert" className="m-0 rounded bg-wait-soft px-2.5 py-1.5 text-wait">
            {refusal}
          </p>
        )}
        <AccountView identity={identity} groupsClaim={groupsClaim()} />
        {sessions.length > 0 && (
          <Card title={isSomebodyElses ? "All sessions" : "Your sessions"} flush>
            <SessionList sessions={sessions} />
          </Card>
        )}
      </div>
    </main>
  );
}
