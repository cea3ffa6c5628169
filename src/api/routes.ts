/**
 * The API, derived: each use case that declares a route becomes one, with its OpenAPI entry. Places' routes stand under
 * /api/v1/places/{place}/, the others under /api/v1/. Money is whole pence in decimal text.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { takeFrom } from "../identity/index.ts";
import type { Language } from "../lib/language.ts";
import type { Refusal } from "../lib/result.ts";
import { attachmentOf, openSpool, type Spool } from "../platform/files/index.ts";
import {
  type AnyUseCase,
  type Credential,
  type House,
  type MadeFile,
  perform,
  refusalWords,
  toJson,
  wouldPermit,
} from "../platform/use-case/index.ts";

export type ApiOptions = {
  readonly house: House;
  readonly useCases: readonly AnyUseCase[];
  /** The key's holder, or null where the key is not in force. */
  readonly findKey: (presented: string) => Promise<{ readonly keyId: string } | null>;
  /**
   * How many of each a key, or an address without one, may send in a minute. "none", which ONEPOT_API_LIMITS=none asks
   * for too, is for benchmarks and for tests that send thousands.
   */
  readonly limits?: ApiLimits | "none";
};

export type ApiLimits = { readonly reads: number; readonly changes: number };

const USUAL_LIMITS: ApiLimits = { reads: 6_000, changes: 120 };
/** A file reads a whole book: as many a minute as from the pages. */
const FILES_A_MINUTE = 20;
const MINUTE_SECONDS = 60;

const errorBody = z.object({
  code: z.string(),
  message: z.string(),
  faults: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
});

const fileBody = {
  description: "The file itself, of the type that the header Content-Type says",
  content: { "application/octet-stream": { schema: z.string().describe("The bytes of the file") } },
};

export async function registerApi(app: FastifyInstance, options: ApiOptions): Promise<void> {
  await app.register(
    async (api) => {
      // The use case checks its own input, once: the schema here only describes it.
      api.setValidatorCompiler(() => () => true);
      api.setSerializerCompiler(() => (body) => JSON.stringify(body));
      for (const useCase of options.useCases) if (useCase.route) addRoute(api, useCase, options);
    },
    { prefix: "/api/v1" },
  );
}

/** /places/:place/<path> for a place's use case. */
export function pathOf(useCase: AnyUseCase): string {
  const path = (useCase.route?.path ?? "").replaceAll(/\{(\w+)\}/g, ":$1");
  return useCase.scope === "place" ? `/places/:place${path === "" ? "" : `/${path}`}` : `/${path}`;
}

function addRoute(api: FastifyInstance, useCase: AnyUseCase, options: ApiOptions): void {
  const method = useCase.route?.method === "post" ? "POST" : "GET";
  api.route({
    method,
    url: pathOf(useCase),
    schema: describe(useCase),
    ...(useCase.route?.bodyLimitBytes !== undefined && { bodyLimit: useCase.route.bodyLimitBytes }),
    // Before the body is read: nobody makes the server take in megabytes that it would then refuse.
    onRequest: async (request, reply) => meet({ request, reply }, useCase, options),
    handler: async (request, reply) => {
      const credential: Credential = met.get(request) ?? { kind: "public" };
      const { place, ...parameters } = request.params as Readonly<Record<string, string>>;
      const sent = method === "POST" ? (request.body ?? {}) : request.query;
      if (sent === null || typeof sent !== "object" || Array.isArray(sent))
        return sendFault(reply, "Send one JSON object.");
      const key = request.headers["idempotency-key"];
      if (key !== undefined && !/^[0-9a-f-]{36}$/.test(String(key)))
        return sendFault(reply, "The Idempotency-Key header must be a UUID in lower case.");
      const spool = useCase.makesFile ? await openSpool() : null;
      try {
        const result = await perform(options.house, useCase, {
          credential,
          ...(place !== undefined && { place }),
          input: { ...sent, ...parameters },
          language: languageOf(request),
          requestKey: key === undefined ? null : String(key),
          ...(spool !== null && { takePiece: spool.takePiece }),
        });
        if (result.ok && spool !== null) return await sendMade(reply, { spool, made: result.value as MadeFile });
        await spool?.drop();
        if (result.ok) return await reply.header("cache-control", "no-store").send(toJson(result.value));
        return await sendRefusal(reply, { useCase, refusal: result.refusal, language: languageOf(request) });
      } catch (error) {
        await spool?.drop();
        throw error;
      }
    },
  });
}

/** A file that a use case made, whole. */
function sendMade(reply: FastifyReply, { spool, made }: { readonly spool: Spool; readonly made: MadeFile }) {
  return reply
    .type(made.mediaType)
    .header("content-disposition", attachmentOf(made.fileName))
    .header("cache-control", "private, no-store")
    .send(spool.read());
}

/** Who sent each request, found once. */
const met = new WeakMap<FastifyRequest, Credential>();

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

async function meet(the: Exchange, useCase: AnyUseCase, options: ApiOptions): Promise<FastifyReply | undefined> {
  const { request, reply } = the;
  const credential = await credentialOf(request, options);
  const wait = await waitFor({ request, credential, useCase }, options);
  if (wait > 0) return refuseHurry(reply.header("retry-after", String(wait)), languageOf(request));
  if (credential === null) return refuseKey(reply);
  met.set(request, credential);
  if (request.method !== "POST") return undefined;
  const { place } = request.params as Readonly<Record<string, string>>;
  if (await wouldPermit(options.house, useCase, { credential, ...(place !== undefined && { place }) }))
    return undefined;
  const refusal = { code: "not_allowed", permission: useCase.permission };
  return sendRefusal(reply, { useCase, refusal, language: languageOf(request) });
}

function usualLimits(): ApiLimits | "none" {
  return process.env["ONEPOT_API_LIMITS"] === "none" ? "none" : USUAL_LIMITS;
}

type Hurried = {
  readonly request: FastifyRequest;
  readonly credential: Credential | null;
  readonly useCase: AnyUseCase;
};

type Sort = "reads" | "changes" | "files";

function sortOf(useCase: AnyUseCase): Sort {
  return useCase.changes ? "changes" : useCase.makesFile ? "files" : "reads";
}

/** Seconds to wait; a key that is not in force counts for the address that sent it. */
async function waitFor(the: Hurried, { house, limits = usualLimits() }: ApiOptions): Promise<number> {
  if (limits === "none") return 0;
  const { credential, useCase } = the;
  const of = sortOf(useCase);
  const whose = credential?.kind === "key" ? `key ${credential.keyId}` : `address ${the.request.ip}`;
  const buckets: { readonly name: string; readonly limit: number }[] = [
    { name: of, limit: of === "files" ? FILES_A_MINUTE : limits[of] },
  ];
  // What is limited by itself is counted first: a request that it refuses is none of the others.
  const own = useCase.route?.timesAMinute;
  if (own !== undefined) buckets.unshift({ name: useCase.name, limit: own });
  for (const { name, limit } of buckets) {
    const bucket = `api ${name}: ${whose}`;
    const taken = await takeFrom(house.database, { bucket, limit, windowSeconds: MINUTE_SECONDS });
    if (!taken.allowed) return taken.retryAfterSeconds;
  }
  return 0;
}

const TOO_MANY: Readonly<Record<Language, string>> = {
  en: "Too many requests. Wait as many seconds as the Retry-After header says, and try again.",
  cy: "Gormod o geisiadau. Arhoswch gynifer o eiliadau ag y dywed y pennyn Retry-After, a rhowch gynnig arall arni.",
};

function refuseHurry(reply: FastifyReply, language: Language): FastifyReply {
  return reply.code(429).send({ code: "too_many_requests", message: TOO_MANY[language] });
}

function describe(useCase: AnyUseCase) {
  const parameters = [...(useCase.route?.path ?? "").matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const rest = parameters.length === 0 ? useCase.input : without(useCase.input, parameters);
  const params = z.object({
    ...(useCase.scope === "place" && {
      place: z.string().describe("The address of a place, council or neighbourhood, for example salford"),
    }),
    ...Object.fromEntries(parameters.map((name) => [name, z.string()])),
  });
  const hasParams = Object.keys(params.shape).length > 0;
  return {
    summary: useCase.summary,
    operationId: useCase.name.replaceAll(".", "_"),
    tags: [useCase.name.split(".")[0] ?? "other"],
    ...(useCase.permission && { security: [{ key: [] }, {}] }),
    ...(hasParams && { params }),
    ...(useCase.route?.method === "post" ? { body: rest } : { querystring: rest }),
    // Kept with a place's own records: what belongs to no place is carried out each time it is sent.
    ...(useCase.changes &&
      useCase.scope === "place" && {
        headers: z.object({
          "idempotency-key": z
            .string()
            .optional()
            .describe("A UUID: the same request with the same key is carried out once"),
        }),
      }),
    response: { 200: useCase.makesFile ? fileBody : useCase.output, "4xx": errorBody },
  };
}

/** The input's other fields; conditions that join several fields are told in words, not in the schema. */
function without(input: z.ZodObject, names: readonly string[]): z.ZodObject {
  return z.strictObject(Object.fromEntries(Object.entries(input.shape).filter(([name]) => !names.includes(name))));
}

async function credentialOf(request: FastifyRequest, options: ApiOptions): Promise<Credential | null> {
  const header = request.headers.authorization;
  if (header === undefined) return { kind: "public" };
  const presented = /^Bearer (\S+)$/.exec(header)?.[1];
  const key = presented === undefined ? null : await options.findKey(presented);
  return key === null ? null : { kind: "key", keyId: key.keyId };
}

function languageOf(request: FastifyRequest): Language {
  return /^cy\b/.test(String(request.headers["accept-language"] ?? "")) ? "cy" : "en";
}

function refuseKey(reply: FastifyReply): FastifyReply {
  return reply.code(401).send({
    code: "key_not_valid",
    message:
      "This key is not known, has ended or was revoked. Ask the place's administrator for a new one and send it as: Authorization: Bearer KEY",
  });
}

function sendFault(reply: FastifyReply, message: string): FastifyReply {
  return reply.code(400).send({ code: "input_not_valid", message });
}

type Refused = { readonly useCase: AnyUseCase; readonly refusal: Refusal; readonly language: Language };

function sendRefusal(reply: FastifyReply, the: Refused): FastifyReply {
  const { code, faults, inWords: _, ...detail } = the.refusal;
  const words = refusalWords(the.useCase, the.refusal);
  const status = code === "not_allowed" ? 403 : (words?.status ?? 400);
  return reply.code(status).send({
    code,
    message: words?.[the.language](the.refusal as never) ?? code,
    ...(Array.isArray(faults) && { faults }),
    ...(Object.keys(detail).length > 0 && { detail: toJson(detail) }),
  });
}
