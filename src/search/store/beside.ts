/** The statements for what is recorded beside the chain from stream to payment, and for what only readers of the money may see. */
import { ACT_NAMES } from "../../approvals/index.ts";
import { type Fragment, sql } from "../../platform/database/index.ts";
import {
  type Bought,
  type FoundKind,
  matches,
  near,
  nearPot,
  ofOwnPot,
  ofPot,
  type Sought,
  type Statement,
  select,
} from "./parts.ts";

/** A name, and after it the other that money went to. */
const both = (from: Fragment, to: Fragment): Fragment => sql`${from} || ' → ' || ${to}`;

/** What the ledger records beside the chain from pot to payment: each is known by its reference or its reason. */
export const MOVED = {
  contribution: (sought) => sql`
    ${select({
      id: sql`c.contribution_id::text`,
      title: both(sql`s.name`, sql`o.name`),
      titleWelsh: both(sql`coalesce(s.name_welsh, s.name)`, sql`coalesce(o.name_welsh, o.name)`),
      sub: sql`c.reference`,
      amountPence: sql`c.amount_pence`,
      date: sql`c.made_on`,
    })}
      from contribution c ${ofPot(sql`c`)}
      join stream s on s.place_id = c.place_id and s.stream_id = c.stream_id
     where c.place_id = ${sought.placeId} and ${nearPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', c.reference, s.name, s.name_welsh, o.name, o.name_welsh)`)}`,
  virement: (sought) =>
    between(sought, {
      id: sql`v.virement_id::text`,
      of: sql`virement v ${ofPot(sql`v`)}
        join allocation f on f.place_id = v.place_id and f.allocation_id = v.from_allocation_id
        join allocation t on t.place_id = v.place_id and t.allocation_id = v.to_allocation_id`,
      near: nearPot(sought),
    }),
  handover: (sought) =>
    between(sought, {
      id: sql`v.handover_id::text`,
      of: sql`handover v ${ofPot(sql`v`)}
        join pot f on f.place_id = v.place_id and f.pot_id = v.pot_id
        join pot t on t.place_id = v.place_id and t.pot_id = v.to_pot_id`,
      near: sql`(${nearPot(sought)} or t.area_id = ${sought.areaId}::uuid)`,
    }),
  release: (sought) =>
    givenBack(sought, {
      table: sql`commitment_release`,
      id: sql`b.release_id::text`,
      on: sql`b.released_on`,
      of: sql`join commitment m on m.place_id = b.place_id and m.commitment_id = b.commitment_id`,
      reference: sql`m.reference`,
    }),
  credit_note: (sought) =>
    givenBack(sought, {
      table: sql`credit_note`,
      id: sql`b.credit_note_id::text`,
      on: sql`b.credited_on`,
      of: sql`join payment m on m.place_id = b.place_id and m.payment_id = b.payment_id`,
      reference: sql`concat_ws(', ', nullif(b.reference, ''), nullif(m.reference, ''))`,
    }),
} as const satisfies Partial<Record<FoundKind, Statement>>;

const ACTS = Object.keys(ACT_NAMES.en) as readonly (keyof typeof ACT_NAMES.en)[];
const ACT_WORDS = ACTS.map((act) => `${ACT_NAMES.en[act]} ${ACT_NAMES.cy[act]}`);

/** An amount as it is typed: £1,234.50 or 1234.50. */
const typed = (pence: Fragment): Fragment =>
  sql`concat_ws(' ', to_char(${pence} / 100.0, 'FM£999,999,999,999,999,990.00'), to_char(${pence} / 100.0, 'FM999999999999999990.00'))`;

/**
 * What only those who work with the money may read (FOR_READERS of find-by-words.ts asks for whom). Each shows no more of
 * an area than its list does: items to resolve and money set aside are listed of the area's own pots alone.
 */
export const KEPT = {
  // Of the whole place, as its register is.
  agreement: (sought) => sql`
    ${select({
      id: sql`a.agreement_id::text`,
      title: sql`a.title`,
      titleWelsh: sql`a.title_welsh`,
      sub: sql`a.gateway`,
      date: sql`a.starts_on`,
    })}
      from sharing_agreement a
     where a.place_id = ${sought.placeId} and ${matches(sought, sql`concat_ws(' ', a.title, a.title_welsh, a.gateway)`)}`,
  resolve_item: (sought) => sql`
    ${select({
      id: sql`i.item_id::text`,
      title: sql`p.name`,
      titleWelsh: sql`p.name_welsh`,
      sub: sql`concat_ws(', ', nullif(y.reference, ''), o.name)`,
      amountPence: sql`i.amount_pence`,
      date: sql`i.arisen_on`,
    })}
      from resolve_item i ${ofPot(sql`i`)}
      join payment y on y.place_id = i.place_id and y.payment_id = i.payment_id
      join partner p on p.place_id = y.place_id and p.partner_id = y.supplier_id
      left join stream s on s.place_id = i.place_id and s.stream_id = i.stream_id
     where i.place_id = ${sought.placeId} and ${ofOwnPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', y.reference, p.name, p.name_welsh, o.name, s.name, s.name_welsh)`)}`,
  precommitment: (sought) => sql`
    ${select({
      id: sql`r.precommitment_id::text`,
      title: sql`r.words`,
      sub: sql`concat_ws(', ', a.name, p.name)`,
      amountPence: sql`r.amount_pence`,
      date: sql`r.made_on`,
      slug: sql`o.slug`,
    })}
      from precommitment r ${ofPot(sql`r`)}
      join allocation a on a.place_id = r.place_id and a.allocation_id = r.allocation_id
      left join partner p on p.place_id = r.place_id and p.partner_id = r.supplier_id
      left join service v on v.place_id = r.place_id and v.service_id = r.service_id
     where r.place_id = ${sought.placeId} and ${ofOwnPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', r.words, a.name, a.name_welsh, p.name, v.name)`)}`,
  // Known by its pot, its act, its amount and its reason, which are columns. What it shows is not looked at: an approval of
  // an invoice has up to 200 lines, and a search would unpack those of every approval of the place. Its first line, which
  // says what happens, is read of those found alone.
  approval: (sought) => sql`
    ${select({
      id: sql`a.approval_id::text`,
      title: sql`a.shown -> 0 -> 'text' ->> 'en'`,
      titleWelsh: sql`a.shown -> 0 -> 'text' ->> 'cy'`,
      sub: sql`coalesce(o.name, '')`,
      amountPence: sql`a.amount_pence`,
      date: sql`(a.prepared_at at time zone 'Europe/London')::date`,
    })}
      from approval a left join pot o on o.place_id = a.place_id and o.pot_id = a.pot_id
      left join partner h on h.place_id = o.place_id and h.partner_id = o.host_id
      left join unnest(${ACTS}::text[], ${ACT_WORDS}::text[]) as n (act, words) on n.act = a.act
     where a.place_id = ${sought.placeId}
       and (${near(sought, sql`a.area_id`)} or (a.area_id is null and h.area_id = ${sought.areaId}::uuid))
       and ${matches(
         sought,
         sql`concat_ws(' ', o.name, o.name_welsh, n.words, ${typed(sql`a.amount_pence`)}, a.reason)`,
       )}`,
  payment_request: (sought) => sql`
    ${select({
      id: sql`r.request_id::text`,
      title: sql`r.reference`,
      sub: sql`concat_ws(', ', p.name, o.name)`,
      amountPence: sql`r.net_pence + r.vat_pence`,
      date: sql`r.due_on`,
    })}
      from payment_request r ${ofPot(sql`r`)}
      join partner p on p.place_id = r.place_id and p.partner_id = r.supplier_id
      join commitment c on c.place_id = r.place_id and c.commitment_id = r.commitment_id
     where r.place_id = ${sought.placeId} and ${nearPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', r.reference, c.reference, p.name, p.name_welsh, o.name, o.name_welsh)`)}`,
  code: (sought) => sql`
    ${select({
      id: sql`m.mapping_id::text`,
      title: sql`concat_ws(' / ', nullif(m.cost_centre, ''), nullif(m.subjective, ''), nullif(m.project, ''))`,
      sub: sql`concat_ws(', ', b.name, o.name, a.name, v.name)`,
      date: sql`m.starts_on`,
    })}
      from code_mapping m ${ofPot(sql`m`)}
      join partner b on b.place_id = m.place_id and b.partner_id = m.body_id
      left join allocation a on a.place_id = m.place_id and a.allocation_id = m.allocation_id
      left join service v on v.place_id = m.place_id and v.service_id = m.service_id
     where m.place_id = ${sought.placeId} and ${nearPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', m.cost_centre, m.subjective, m.project, b.name, o.name, a.name, v.name)`)}`,
} as const satisfies Partial<Record<FoundKind, Statement>>;

type Between = { readonly id: Fragment; readonly of: Fragment; readonly near: Fragment };

/** Money that moved from one (f) to another (t) by a decision (v) is known by their names and by why it was decided. */
function between(sought: Sought, the: Between): Fragment {
  return sql`
    ${select({
      id: the.id,
      title: both(sql`f.name`, sql`t.name`),
      titleWelsh: both(sql`coalesce(f.name_welsh, f.name)`, sql`coalesce(t.name_welsh, t.name)`),
      sub: sql`v.reason`,
      amountPence: sql`v.amount_pence`,
      date: sql`v.moved_on`,
    })}
      from ${the.of}
     where v.place_id = ${sought.placeId} and ${the.near}
       and ${matches(
         sought,
         sql`concat_ws(' ', v.reason, v.decided_by, v.power, f.name, f.name_welsh, t.name, t.name_welsh)`,
       )}`;
}

type GivenBack = Bought & { readonly of: Fragment; readonly reference: Fragment };

/** A release or a credit note is known by its reason, and by the reference and the supplier of what it gave back. */
function givenBack(sought: Sought, { table, id, on, of, reference }: GivenBack): Fragment {
  return sql`
    ${select({
      id,
      title: sql`p.name`,
      titleWelsh: sql`p.name_welsh`,
      sub: sql`concat_ws(', ', nullif(${reference}, ''), b.reason)`,
      amountPence: sql`b.amount_pence`,
      date: on,
    })}
      from ${table} b ${ofPot(sql`b`)} ${of}
      join partner p on p.place_id = m.place_id and p.partner_id = m.supplier_id
     where b.place_id = ${sought.placeId} and ${nearPot(sought)}
       and ${matches(sought, sql`concat_ws(' ', ${reference}, b.reason, p.name, p.name_welsh)`)}`;
}
