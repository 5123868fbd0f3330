import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { SignInCard } from "@/components/account/sign-in-card";
import { signInOffer } from "@/lib/http/sign-in-offer";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const { to, error } = await searchParams;
  const offer = await signInOffer({ to, error });
  if (offer.signedInAt) redirect(offer.signedInAt as Route);
  return <SignInCard {...offer} />;
}
