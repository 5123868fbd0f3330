import { endSessionsByProvider } from "@/lib/http/sign-in-routes";

export const POST = (request: Request) => endSessionsByProvider(request);
