"use client";
import Link from "next/link";
import { useParams } from "next/navigation";
import { buttonClass } from "@/components/ui/button";
import { PageMessage } from "@/components/ui/page-message";
import { urls } from "@/lib/urls";

export default function TargetNotFound() {
  const { target = "" } = useParams<{ target?: string }>();
  return (
    <PageMessage title="Not found in this account and Region">
      <p className="m-0 text-ink-2">
        It was deleted, never existed, or belongs to another account or Region: look at the target on the
        left.
      </p>
      <Link href={urls.pipelines(target)} prefetch={false} className={buttonClass()}>
        Go to the pipelines
      </Link>
    </PageMessage>
  );
}
