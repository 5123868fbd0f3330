import { allAccountsRoute } from "@/lib/http/json-route";
import { listAllImages } from "@/lib/overview/all-accounts/list-all-images";

export const GET = allAccountsRoute("/api/all-accounts/newest-images", (ctx) => listAllImages({ ctx }));
