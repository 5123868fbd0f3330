import { startSignIn } from "@/lib/http/sign-in-routes";

export const GET = (request: Request) => startSignIn(request);
