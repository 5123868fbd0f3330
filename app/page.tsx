import { redirect } from "next/navigation";
import { openContext } from "@/lib/image-builder/use-case-context";
import { urls } from "@/lib/urls";

export default async function HomePage() {
  const { target } = await openContext();
  redirect(urls.overview(target.id));
}
