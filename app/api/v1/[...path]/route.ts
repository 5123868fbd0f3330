import { answerApi } from "@/lib/api/answer-api";

export { answerApi as GET, answerApi as POST };
