/** Why keeping a document, asking, answering, a task or a job's end can be refused. */
import type { Catalogue } from "../platform/use-case/index.ts";

export type RecordsRefusal =
  | { readonly code: "document_kind" }
  | { readonly code: "document_content"; readonly ending: string }
  | { readonly code: "document_macros" }
  | { readonly code: "document_empty" }
  | { readonly code: "document_too_large" }
  | { readonly code: "document_not_found" }
  | { readonly code: "document_withdrawn" }
  | { readonly code: "document_in_force" }
  | { readonly code: "document_restore_late"; readonly days: number }
  | { readonly code: "record_not_found" }
  | { readonly code: "question_not_found" }
  | { readonly code: "task_not_found" }
  | { readonly code: "task_is_done" }
  | { readonly code: "task_is_open" }
  | { readonly code: "task_lapsed" }
  | { readonly code: "person_not_found" }
  | { readonly code: "job_not_found" }
  | { readonly code: "job_has_ended" }
  | { readonly code: "job_not_yours" };

const documentRefusals = {
  document_kind: {
    status: 422,
    field: "fileName",
    en: () => "Choose a file whose name ends in .pdf, .png, .jpg, .jpeg, .csv, .xlsx, .docx, .odt or .txt",
    cy: () => "Dewiswch ffeil y mae ei henw'n gorffen â .pdf, .png, .jpg, .jpeg, .csv, .xlsx, .docx, .odt neu .txt",
  },
  document_content: {
    status: 422,
    field: "content",
    en: ({ ending }) =>
      `What is in this file is not what its name says (${ending}). Open it, save it again as that kind of file, and choose the new one.`,
    cy: ({ ending }) =>
      `Nid yw cynnwys y ffeil hon yn cyfateb i'w henw (${ending}). Agorwch hi, ei chadw eto fel y math hwnnw o ffeil, a dewiswch yr un newydd.`,
  },
  document_macros: {
    status: 422,
    field: "content",
    en: () => "This file holds macros, which are programs. Save it without macros and choose the new file.",
    cy: () => "Mae'r ffeil hon yn cynnwys macros, sef rhaglenni. Cadwch hi heb facros a dewiswch y ffeil newydd.",
  },
  document_empty: {
    status: 422,
    field: "content",
    en: () => "The file is empty. Choose another.",
    cy: () => "Mae'r ffeil yn wag. Dewiswch un arall.",
  },
  document_too_large: {
    status: 413,
    field: "content",
    en: () => "The file must be 10 MB or smaller. Make it smaller, or split it.",
    cy: () => "Rhaid i'r ffeil fod yn 10 MB neu'n llai. Gwnewch hi'n llai, neu ei rhannu.",
  },
  document_not_found: {
    status: 404,
    field: "documentId",
    en: () =>
      "There is no such document here, or it is for people who work here. Sign in, or ask the host of the place.",
    cy: () =>
      "Nid oes dogfen o'r fath yma, neu mae ar gyfer pobl sy'n gweithio yma. Mewngofnodwch, neu gofynnwch i letywr y lle.",
  },
  document_withdrawn: {
    status: 409,
    field: "documentId",
    en: () => "This document is withdrawn already.",
    cy: () => "Mae'r ddogfen hon wedi'i thynnu'n ôl eisoes.",
  },
  document_in_force: {
    status: 409,
    field: "documentId",
    en: () => "This document is not withdrawn, so there is nothing to undo.",
    cy: () => "Nid yw'r ddogfen hon wedi'i thynnu'n ôl, felly does dim i'w ddadwneud.",
  },
  document_restore_late: {
    status: 409,
    field: "documentId",
    en: ({ days }) => `This document was withdrawn more than ${days} days ago. Add it again instead.`,
    cy: ({ days }) => `Tynnwyd y ddogfen hon yn ôl fwy na ${days} diwrnod yn ôl. Ychwanegwch hi eto yn lle hynny.`,
  },
} satisfies Partial<Catalogue<RecordsRefusal>>;

const workRefusals = {
  record_not_found: {
    status: 404,
    field: "record",
    en: () => "There is no such record at this place. Check its id, or look for it among the place's records.",
    cy: () =>
      "Nid oes cofnod o'r fath yn y lle hwn. Gwiriwch ei rif adnabod, neu chwiliwch amdano ymhlith y cofnodion.",
  },
  question_not_found: {
    status: 404,
    field: "questionId",
    en: () => "There is no such question here. Choose one from the list.",
    cy: () => "Nid oes cwestiwn o'r fath yma. Dewiswch un o'r rhestr.",
  },
  task_not_found: {
    status: 404,
    field: "taskId",
    en: () => "There is no such task for you here. Choose one from your list.",
    cy: () => "Nid oes tasg o'r fath i chi yma. Dewiswch un o'ch rhestr.",
  },
  task_is_done: {
    status: 409,
    field: "taskId",
    en: () => "This task is done already.",
    cy: () => "Mae'r dasg hon wedi'i gwneud eisoes.",
  },
  task_is_open: {
    status: 409,
    field: "taskId",
    en: () => "This task is not done yet, so there is nothing to undo.",
    cy: () => "Nid yw'r dasg hon wedi'i gwneud eto, felly does dim i'w ddadwneud.",
  },
  task_lapsed: {
    status: 409,
    field: "taskId",
    en: () => "This task ended by itself: its time is over, so there is nothing to do or undo.",
    cy: () =>
      "Daeth y dasg hon i ben ar ei phen ei hun: mae ei hamser drosodd, felly does dim i'w wneud na'i ddadwneud.",
  },
  person_not_found: {
    status: 404,
    field: "forUser",
    en: () => "This person holds no role here. Choose a role, or someone from the list of people.",
    cy: () => "Nid oes gan y person hwn rôl yma. Dewiswch rôl, neu rywun o'r rhestr o bobl.",
  },
  job_not_found: {
    status: 404,
    field: "jobId",
    en: () => "This place has no such job. Choose one from its list.",
    cy: () => "Nid oes gan y lle hwn waith o'r fath. Dewiswch un o'i restr.",
  },
  job_has_ended: {
    status: 409,
    field: "jobId",
    en: () => "This job has ended, so it cannot be cancelled.",
    cy: () => "Mae'r gwaith hwn wedi dod i ben, felly ni ellir ei ganslo.",
  },
  job_not_yours: {
    status: 403,
    field: "jobId",
    en: () => "Only who asked for this job, or an administrator, may cancel it.",
    cy: () => "Dim ond y sawl a ofynnodd am y gwaith hwn, neu weinyddwr, a gaiff ei ganslo.",
  },
} satisfies Partial<Catalogue<RecordsRefusal>>;

export const recordsRefusals: Catalogue<RecordsRefusal> = { ...documentRefusals, ...workRefusals };
