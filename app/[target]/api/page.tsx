import type { Metadata } from "next";
import Link from "next/link";
import { ApiReferenceView } from "@/components/api-reference/api-reference-view";
import { buttonClass } from "@/components/ui/button";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { apiDocument } from "@/lib/api/api-document";
import { apiV1Urls, urls } from "@/lib/core/urls";
import { openContext } from "@/lib/use-case/use-case-context";

export const metadata: Metadata = { title: "API" };

export default async function ApiReferencePage({ params }: PageProps<"/[target]/api">) {
  const { target } = await params;
  await openContext(target, "list-tokens");
  const document = apiDocument();
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.apiTokens(target)}>API tokens</Crumb>}
        title="API"
        detail={<span className="text-ink-2">version {document.info.version}</span>}
      >
        <a href={apiV1Urls.document()} download className={buttonClass()}>
          Download OpenAPI
        </a>
      </PageHeader>
      <p className="mt-0 mb-4 max-w-[80ch] text-ink-2">
        Programs send an{" "}
        <Link href={urls.apiTokens(target)} className="underline">
          API token
        </Link>{" "}
        in <code className="text-xs">Authorization: Bearer goldsmith_…</code>. Errors are problem details (RFC
        9457) with a <code className="text-xs">code</code>. Lists continue with{" "}
        <code className="text-xs">cursor</code>; <code className="text-xs">RateLimit</code> says what is left.
      </p>
      <ApiReferenceView document={document} />
    </>
  );
}
