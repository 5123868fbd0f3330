import { finishSignIn } from "@/lib/http/sign-in-routes";

export const GET = (request: Request) => finishSignIn(request);
