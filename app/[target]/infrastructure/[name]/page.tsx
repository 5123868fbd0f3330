import type { Metadata } from "next";
import { InfrastructureView } from "@/components/infrastructure/infrastructure-view";
import { PrefetchedResource } from "../../prefetched-resource";

type Props = PageProps<"/[target]/infrastructure/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function InfrastructurePage({ params }: Props) {
  const { target, name: segment } = await params;
  const name = decodeURIComponent(segment);
  return (
    <PrefetchedResource target={target} resourceKey={{ kind: "infrastructure-configuration", name }}>
      <InfrastructureView target={target} name={name} />
    </PrefetchedResource>
  );
}
