/** The administration of a place: its index, the messages that would be sent, and the audit trail. In English, as a desk. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { type AuditProved, verifyAudit } from "../../../ledger/index.ts";
import type { Permission } from "../../../platform/policy.ts";
import { listAudit, listOutbox, recordsRefusals } from "../../../records/index.ts";
import { formatAgo, formatMoment, formatNumber } from "../../shell/formats.ts";
import { ask, errorsOf, sendRefusal } from "../../visit.ts";
import { placeAddress } from "../places/addresses.ts";
import { mayAt, queryOf } from "../places/place-page.ts";
import { toAuthorise } from "../places/to-authorise.ts";
import { administrationCrumb, type Exchange, pageOf, pagesModel, sendDesk, withQuery } from "./frame.ts";
import { staffWords } from "./staff-words.ts";

export function registerAdministration(app: FastifyInstance): void {
  const path = "/places/:place/administration";
  app.get(path, (request, reply) => showIndex({ request, reply }));
  app.get(`${path}/outbox`, (request, reply) => showOutbox({ request, reply }));
  app.get(`${path}/audit`, (request, reply) => showAudit({ request, reply }, null));
  app.post(`${path}/audit`, { preHandler: app.csrfProtection }, (request, reply) => checkAudit({ request, reply }));
}

function placeOf(the: Exchange): string {
  return (the.request.params as { readonly place: string }).place;
}

const DESKS: readonly {
  readonly permission: Permission;
  readonly path: readonly string[];
  readonly text: string;
  readonly hint: string;
}[] = [
  {
    permission: "people.manage",
    path: ["administration", "people"],
    text: staffWords.people,
    hint: staffWords.peopleText,
  },
  { permission: "place.manage", path: ["administration", "place"], text: staffWords.place, hint: staffWords.placeText },
  { permission: "key.manage", path: ["administration", "keys"], text: staffWords.keys, hint: staffWords.keysText },
  {
    permission: "outbox.read",
    path: ["administration", "outbox"],
    text: staffWords.outbox,
    hint: staffWords.outboxText,
  },
  { permission: "audit.read", path: ["administration", "audit"], text: staffWords.audit, hint: staffWords.auditText },
  {
    permission: "sharing.views",
    path: ["sharing", "views"],
    text: staffWords.views,
    hint: staffWords.viewsText,
  },
  { permission: "job.read", path: ["jobs"], text: staffWords.jobs, hint: staffWords.jobsText },
];

/** Only the desks that open for the reader; for whoever has none it is not allowed. */
async function showIndex(the: Exchange): Promise<FastifyReply> {
  const slug = placeOf(the);
  const may = await mayAt(the.request, { slug, permissions: DESKS.map(({ permission }) => permission) });
  const desks = DESKS.filter((_, index) => may[index]).map(({ path, text, hint }) => ({
    href: placeAddress(slug, ...path),
    text,
    hint,
  }));
  // Jobs alone are for anyone with a role: they make no administrator.
  if (desks.length < 2)
    return sendRefusal(the, { refusals: recordsRefusals }, { code: "not_allowed", permission: "place.manage" });
  const model = { desks, approvals: await toAuthorise(the, slug) };
  return sendDesk(the, {
    slug,
    title: staffWords.administration,
    template: "administration",
    room: "administration",
    model,
  });
}

const STATES = ["waiting", "sent", "failed"] as const;

async function showOutbox(the: Exchange): Promise<FastifyReply> {
  const slug = placeOf(the);
  const state = STATES.find((one) => one === queryOf(the.request, "state")) ?? null;
  const listed = await ask(the.request, listOutbox, { place: slug, input: { state, page: pageOf(the) } });
  if (!listed.ok) return sendRefusal(the, listOutbox, listed.refusal);
  const now = the.request.visit.web.house.now();
  const path = placeAddress(slug, "administration", "outbox");
  const address = `${the.request.protocol}://${the.request.host}`;
  return sendDesk(the, {
    slug,
    title: staffWords.outbox,
    template: "outbox",
    room: "administration",
    above: administrationCrumb(slug),
    model: {
      path,
      state,
      states: [
        { value: "", text: staffWords.anyState, selected: state === null },
        ...STATES.map((one) => ({ value: one, text: staffWords[one], selected: one === state })),
      ],
      messages: listed.value.messages.map((one) => ({
        id: one.messageId,
        subject: one.subject,
        to: one.to,
        state: staffWords[one.state],
        tone: { waiting: "yellow", sent: "green", failed: "red" }[one.state],
        made: formatAgo("en", { at: one.madeAt, now }),
        attempts: one.attempts,
        lastError: one.lastError,
        lines: one.body.replaceAll("{address}", address).split("\n"),
      })),
      pages: pagesModel(listed.value, (page) => withQuery(path, { state, page })),
      peopleHref: placeAddress(slug, "administration", "people"),
    },
  });
}

const FILTERS = ["action", "record", "actor", "from", "to"] as const;

type Checked = { readonly counted: AuditProved } | { readonly found: string };

async function checkAudit(the: Exchange): Promise<FastifyReply> {
  const proved = await ask(the.request, verifyAudit, { place: placeOf(the), input: {} });
  if (proved.ok) return showAudit(the, { counted: proved.value });
  if (proved.refusal.code !== "not_verified") return sendRefusal(the, verifyAudit, proved.refusal);
  return showAudit(the, { found: String(proved.refusal["found"]) });
}

/** What the check found, at its moment: counted, or the first block that does not fit. */
function checkedModel(the: Exchange, checked: Checked) {
  const moment = { label: staffWords.checkedAt, text: formatMoment("en", the.request.visit.web.house.now()) };
  if ("found" in checked)
    return {
      title: staffWords.auditNotVerified,
      found: staffWords.firstFound.replace("{found}", checked.found),
      facts: [moment],
    };
  const { blocks, sealed, waiting } = checked.counted;
  return {
    title: blocks === 0n ? staffWords.auditUnsealed : staffWords.auditVerified,
    facts: [
      moment,
      { label: staffWords.checkedBlocks, text: formatNumber(Number(blocks)) },
      { label: staffWords.checkedEntries, text: formatNumber(Number(sealed)) },
      { label: staffWords.checkedWaiting, text: formatNumber(Number(waiting)) },
    ],
  };
}

async function showAudit(the: Exchange, checked: Checked | null): Promise<FastifyReply> {
  const slug = placeOf(the);
  const filter = Object.fromEntries(FILTERS.map((name) => [name, queryOf(the.request, name).trim()]));
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
  const page = pageOf(the);
  const asked = await ask(the.request, listAudit, { place: slug, input: { ...given, page } });
  if (!asked.ok && asked.refusal.code !== "input_not_valid") return sendRefusal(the, listAudit, asked.refusal);
  // What cannot be read of a filter is told, and no entries are shown as though it had been obeyed.
  const errors = asked.ok ? null : errorsOf(listAudit, asked.refusal, "en");
  const path = placeAddress(slug, "administration", "audit");
  const entries = asked.ok ? asked.value.entries : [];
  const narrowed = Object.keys(given).length > 0;
  return sendDesk(the, {
    slug,
    title: staffWords.audit,
    template: "audit",
    room: "administration",
    above: administrationCrumb(slug),
    ...(errors !== null && { errors: errors.summary }),
    status: errors === null ? 200 : 400,
    model: {
      path,
      checked: checked === null ? null : checkedModel(the, checked),
      filter,
      narrowed,
      errors: errors?.byField ?? {},
      countedSome: asked.ok && !asked.value.countedAll ? staffWords.countedSome : null,
      entries: entries.map((one) => ({
        when: formatMoment("en", one.madeAt),
        actor: one.actor,
        actorHref: withQuery(path, { ...filter, actor: one.actor }),
        action: one.action,
        actionHref: withQuery(path, { ...filter, action: one.action }),
        record: one.record,
        recordHref: withQuery(path, { ...filter, record: one.record }),
        block: one.block === null ? staffWords.notSealed : `${one.block}, ${one.position ?? 0}`,
      })),
      pages: pagesModel(asked.ok ? asked.value : { page: 1, pages: 1, total: 0 }, (number) =>
        withQuery(path, { ...filter, page: number }),
      ),
    },
  });
}
