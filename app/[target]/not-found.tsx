import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";
import { urls } from "@/lib/core/urls";

export default function TargetNotFound() {
  return (
    <PageMessage title="Not found in this account and Region">
      <p className="m-0 text-ink-2">
        It was deleted, never existed, or is in another account or Region. Check the account in the
        navigation.
      </p>
      <Link href={urls.home()} prefetch={false} className={buttonClass()}>
        Go to the overview
      </Link>
    </PageMessage>
  );
}
