import { redirect } from "next/navigation";
import { urls } from "@/lib/core/urls";

/** The page of an image has all its versions. */
export default async function ImageVersionPage({ params }: PageProps<"/[target]/images/[name]/[version]">) {
  const { target, name } = await params;
  redirect(urls.image(target, decodeURIComponent(name)));
}
