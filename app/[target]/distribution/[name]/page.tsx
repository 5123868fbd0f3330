import type { Metadata } from "next";
import { DistributionView } from "@/components/distribution/distribution-view";
import { PrefetchedResource } from "../../prefetched-resource";

type Props = PageProps<"/[target]/distribution/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function DistributionPage({ params }: Props) {
  const { target, name: segment } = await params;
  const name = decodeURIComponent(segment);
  return (
    <PrefetchedResource target={target} resourceKey={{ kind: "distribution-configuration", name }}>
      <DistributionView target={target} name={name} />
    </PrefetchedResource>
  );
}
