import type { Metadata } from "next";
import { DocumentResourceView } from "@/components/documents/document-resource-view";
import { PrefetchedResource } from "../../prefetched-resource";

type Props = PageProps<"/[target]/build-components/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function BuildComponentPage({ params, searchParams }: Props) {
  const [{ target, name: segment }, search] = await Promise.all([params, searchParams]);
  const read = (name: string) => [search[name]].flat()[0];
  const name = decodeURIComponent(segment);
  const key = { kind: "component" as const, name, version: read("version"), owner: read("owner") };
  return (
    <PrefetchedResource target={target} resourceKey={key}>
      <DocumentResourceView target={target} resourceKey={key} />
    </PrefetchedResource>
  );
}
