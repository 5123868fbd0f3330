import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";
import { urls } from "@/lib/core/urls";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="px-4">
      <PageMessage title="Page not found">
        <p className="m-0 text-ink-2">Check the account in the URL.</p>
        <Link href={urls.home()} prefetch={false} className={buttonClass()}>
          Go to the overview
        </Link>
      </PageMessage>
    </main>
  );
}
