/** Words of the audit bundle and of the published head, in both languages. The Welsh awaits a translator's check. */
import { openMessages } from "../../messages/translate.ts";

const en = {
  bundle: "Take a bundle for an auditor",
  bundleLead:
    "One file with all that is needed to verify this ledger again, on another machine, without this server and without a database.",
  inside: "What is in it",
  insideMoney:
    "every account, transfer and entry, of both books; streams with their conditions, pots, contributions, allocations, commitments, payments and amounts set aside",
  insideChain: "the audit trail, its sealed blocks, and the periods that were closed",
  insideWords: "the words that people typed about money, because each transfer's hash is made of them",
  outside: "What is not in it",
  outsidePeople: "names of people, sign-ins, documents, questions and tasks: who did something is an id",
  outsideFamilies:
    "anything about families: rows of the audit trail that are not about money are in it as their hash alone",
  doing: "What to do with it",
  doingKeep:
    "Give the file to the auditor. It holds finance words of this place: keep it as you would keep the ledger.",
  doingVerify: "On a machine with Onepot, verify it with this command. It opens no database and no network.",
  doingHead: "Compare it with a head that was written down earlier, to find rows that were taken away since.",
  take: "Take the bundle (zip)",
  heads: "Head of the audit trail",
  headsLead:
    "Everything written in this place's ledger is sealed in a chain of blocks. The newest block's hash stands for every row before it.",
  headsWhy:
    "Write the head down or print this page, and keep it where nobody here can change it. Later, anyone can show by it whether a row was changed or taken away, even by whoever runs the database.",
  head: "Head",
  number: "Block",
  hash: "Hash (SHA-256)",
  sealedAt: "Sealed at",
  holds: "Up to it the chain holds",
  counts: "{{transfers}} transfers and {{entries}} entries of the audit trail",
  balance: "What the accounts held",
  balanceOf: "What the accounts held: {{book}} money",
  balanceLead:
    "After the newest block, by kind of account. Each book sums to nought by itself; the two are never added.",
  kind: "Kind of account",
  held: "Held (£)",
  total: "Total",
  real: "real",
  shadow: "shadow",
  none: "No block is sealed yet. The first is sealed a few seconds after something is written.",
  check: "To check a head that was written down",
  proved: "Proved each night",
  provedNever:
    "Each night at 2am (UTC) every standing check is run and the whole chain computed again. The first night is still to come.",
  provedHeld:
    "Every standing check held and the whole chain was as it was sealed, on {{at}}. It is proved again each night.",
  provedBroken: "Something did not hold on {{at}}. Those who keep these books and audit them are told what it was.",
  provedCut: "The proof of {{at}} could not be finished, so it says nothing. It is tried again each night.",
  print: "This page prints on A4.",
} as const;

const cy = {
  bundle: "Cymryd bwndel i archwilydd",
  bundleLead:
    "Un ffeil gyda phopeth sydd ei angen i ddilysu'r llyfr cyfrifon hwn eto, ar beiriant arall, heb y gweinydd hwn a heb gronfa ddata.",
  inside: "Beth sydd ynddo",
  insideMoney:
    "pob cyfrif, trosglwyddiad a chofnod, o'r ddau lyfr; ffrydiau gyda'u hamodau, cronfeydd, cyfraniadau, dyraniadau, ymrwymiadau, taliadau a symiau a neilltuwyd",
  insideChain: "y trywydd archwilio, ei flociau wedi'u selio, a'r cyfnodau a gaewyd",
  insideWords: "y geiriau a deipiwyd am arian, gan mai ohonynt hwy y gwneir hash pob trosglwyddiad",
  outside: "Beth nad yw ynddo",
  outsidePeople: "enwau pobl, mewngofnodi, dogfennau, cwestiynau a thasgau: rhif adnabod yw pwy wnaeth rywbeth",
  outsideFamilies: "dim am deuluoedd: dim ond hash y rhesi o'r trywydd archwilio nad ydynt am arian sydd ynddo",
  doing: "Beth i'w wneud ag ef",
  doingKeep:
    "Rhowch y ffeil i'r archwilydd. Mae'n dal geiriau cyllid y lle hwn: cadwch hi fel y byddech yn cadw'r llyfr cyfrifon.",
  doingVerify: "Ar beiriant gydag Onepot, dilyswch ef gyda'r gorchymyn hwn. Nid yw'n agor cronfa ddata na rhwydwaith.",
  doingHead: "Cymharwch ef â phen a nodwyd yn gynharach, i ddarganfod rhesi a dynnwyd ymaith ers hynny.",
  take: "Cymryd y bwndel (zip)",
  heads: "Pen y trywydd archwilio",
  headsLead:
    "Mae popeth a ysgrifennir yn llyfr cyfrifon y lle hwn wedi'i selio mewn cadwyn o flociau. Mae hash y bloc diweddaraf yn sefyll dros bob rhes o'i flaen.",
  headsWhy:
    "Nodwch y pen neu argraffwch y dudalen hon, a'i gadw lle na all neb yma ei newid. Yn nes ymlaen, gall unrhyw un ddangos drwyddo a gafodd rhes ei newid neu ei thynnu ymaith, hyd yn oed gan bwy bynnag sy'n rhedeg y gronfa ddata.",
  head: "Pen",
  number: "Bloc",
  hash: "Hash (SHA-256)",
  sealedAt: "Seliwyd",
  holds: "Hyd ato mae'r gadwyn yn dal",
  counts: "{{transfers}} o drosglwyddiadau a {{entries}} o gofnodion y trywydd archwilio",
  balance: "Yr hyn a ddaliai'r cyfrifon",
  balanceOf: "Yr hyn a ddaliai'r cyfrifon: arian {{book}}",
  balanceLead:
    "Ar ôl y bloc diweddaraf, yn ôl math o gyfrif. Mae pob llyfr yn adio i ddim ar ei ben ei hun; ni chaiff y ddau eu hadio byth.",
  kind: "Math o gyfrif",
  held: "Daliwyd (£)",
  total: "Cyfanswm",
  real: "go iawn",
  shadow: "cysgodol",
  none: "Nid oes bloc wedi'i selio eto. Caiff y cyntaf ei selio ychydig eiliadau ar ôl i rywbeth gael ei ysgrifennu.",
  check: "I wirio pen a nodwyd",
  proved: "Profi bob nos",
  provedNever:
    "Bob nos am 2am (UTC) caiff pob gwiriad sefydlog ei redeg a'r gadwyn gyfan ei chyfrifo eto. Mae'r noson gyntaf eto i ddod.",
  provedHeld:
    "Daliodd pob gwiriad sefydlog ac roedd y gadwyn gyfan fel y'i seliwyd, ar {{at}}. Caiff ei phrofi eto bob nos.",
  provedBroken:
    "Roedd rhywbeth nad oedd yn dal ar {{at}}. Dywedir wrth y rhai sy'n cadw'r llyfrau hyn ac yn eu harchwilio beth ydoedd.",
  provedCut: "Ni ellid gorffen prawf {{at}}, felly nid yw'n dweud dim. Rhoddir cynnig arall arno bob nos.",
  print: "Mae'r dudalen hon yn argraffu ar A4.",
} as const;

export type ProofWords = ReturnType<typeof proofWords>;
export const proofWords = openMessages({ en, cy });
