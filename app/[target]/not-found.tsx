import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";
import { urls } from "@/lib/core/urls";

export default function TargetNotFound() {
  return (
    <PageMessage title="Not found in this account and Region">
      <p className="m-0 text-ink-2">
        It was deleted, never existed, or belongs to another account or Region: look at the target in the
        navigation.
      </p>
      <Link href={urls.home()} prefetch={false} className={buttonClass()}>
        Go to the overview
      </Link>
    </PageMessage>
  );
}
