import { finishSignIn } from "@/lib/auth/sign-in-routes";

export const GET = (request: Request) => finishSignIn(request);
