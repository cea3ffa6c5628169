/**
 * Sends the file that a use case makes piece by piece. It is kept on disk until it is whole: what fails or is refused half way is
 * answered as that, and never as a file that is short.
 */
import type { FastifyReply } from "fastify";
import type { z } from "zod";
import { attachmentOf, openSpool } from "../../../platform/files/index.ts";
import { type MadeFile, perform, type UseCase } from "../../../platform/use-case/index.ts";
import { type Exchange, visitOf } from "./exchange.ts";

type Making<I extends z.ZodObject, V extends MadeFile, R extends { readonly code: string }> = {
  readonly useCase: UseCase<"place", I, V, R>;
  readonly input: z.input<I>;
  readonly refused: (refusal: { readonly code: string }) => Promise<FastifyReply>;
};

export async function sendMadeFile<I extends z.ZodObject, V extends MadeFile, R extends { readonly code: string }>(
  { request, reply }: Exchange,
  { useCase, input, refused }: Making<I, V, R>,
): Promise<FastifyReply> {
  const { web, credential, language } = request.visit;
  const { place } = visitOf(request);
  const spool = await openSpool();
  try {
    const asked = { credential, language, place, input, takePiece: spool.takePiece };
    const made = await perform(web.house, useCase, asked);
    if (!made.ok) {
      await spool.drop();
      return await refused(made.refusal);
    }
    return await reply
      .type(made.value.mediaType)
      .header("content-disposition", attachmentOf(made.value.fileName))
      .header("cache-control", "private, no-store")
      .send(spool.read());
  } catch (error) {
    await spool.drop();
    throw error;
  }
}
