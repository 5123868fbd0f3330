import type { Metadata } from "next";
import { LifecycleView } from "@/components/lifecycle/lifecycle-view";
import { PrefetchedResource } from "../../prefetched-resource";

type Props = PageProps<"/[target]/lifecycle/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function LifecyclePage({ params }: Props) {
  const { target, name: segment } = await params;
  const name = decodeURIComponent(segment);
  return (
    <PrefetchedResource target={target} resourceKey={{ kind: "lifecycle-policy", name }}>
      <LifecycleView target={target} name={name} />
    </PrefetchedResource>
  );
}
