import { redirect } from "next/navigation";
import { urls } from "@/lib/core/urls";
import { openContext } from "@/lib/use-case/use-case-context";

export default async function HomePage() {
  const { target } = await openContext();
  redirect(urls.overview(target.id));
}
