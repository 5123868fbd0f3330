import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MoveVersionView } from "@/components/resources/move-version-view";

export const metadata: Metadata = { title: "Update to a new version" };

export default async function MoveComponentPage({
  params,
  searchParams,
}: PageProps<"/[target]/build-components/[name]/move">) {
  const [{ target, name }, search] = await Promise.all([params, searchParams]);
  const [from, to] = [[search.from].flat()[0], [search.to].flat()[0]];
  if (!from || !to) notFound();
  return (
    <MoveVersionView target={target} move={{ kind: "component", name: decodeURIComponent(name), from, to }} />
  );
}
