import { startSignIn } from "@/lib/auth/sign-in-routes";

export const GET = (request: Request) => startSignIn(request);
