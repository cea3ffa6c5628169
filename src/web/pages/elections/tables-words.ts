/** Words of the page on which an election is brought as two CSV files. The Welsh awaits a translator's check. */
import { openMessages } from "../../messages/translate.ts";

const en = {
  title: "Bring an election from a spreadsheet",
  lead: "Save two sheets as CSV: one of the projects, one of the ballots. They become one file in Pabulib's format, which you can take away.",
  what: "What is being voted on",
  whatHint: "For example, Langworthy neighbourhood pot, spring 2013",
  budget: "Budget",
  budgetHint: "In the same unit as the costs of the projects, for example 60000",
  currency: "Currency",
  currencyHint: "Three letters, such as GBP. Leave it empty to name none.",
  voteType: "How people voted",
  projects: "The projects",
  projectsHint: "A row for each project, with the columns project_id and cost. Name, category and others are kept.",
  ballots: "The ballots",
  ballotsHint:
    "A row for each voter with the columns voter_id and vote, the projects parted by | or commas; or a row for each choice with voter_id and project_id. Points and ranks have a column of their own. Age, sex and area are used to show what each group got.",
  example: "What they look like",
  no_projects: "Choose the file of projects",
  no_ballots: "Choose the file of ballots",
  link: "It is in a spreadsheet: bring two CSV files",
} as const;

const cy = {
  title: "Dod ag etholiad o daenlen",
  lead: "Cadwch ddwy ddalen fel CSV: un o'r prosiectau, un o'r papurau pleidleisio. Deuant yn un ffeil yn fformat Pabulib, y gallwch fynd â hi ymaith.",
  what: "Ar beth y pleidleisir",
  whatHint: "Er enghraifft, Cronfa gymdogaeth Langworthy, gwanwyn 2013",
  budget: "Cyllideb",
  budgetHint: "Yn yr un uned â chostau'r prosiectau, er enghraifft 60000",
  currency: "Arian cyfred",
  currencyHint: "Tair llythyren, megis GBP. Gadewch ef yn wag i beidio ag enwi un.",
  voteType: "Sut y pleidleisiodd pobl",
  projects: "Y prosiectau",
  projectsHint: "Rhes i bob prosiect, â'r colofnau project_id a cost. Cedwir enw, categori ac eraill.",
  ballots: "Y papurau pleidleisio",
  ballotsHint:
    "Rhes i bob pleidleisiwr â'r colofnau voter_id a vote, y prosiectau wedi'u gwahanu gan | neu atalnodau; neu res i bob dewis â voter_id a project_id. Mae gan bwyntiau a safleoedd eu colofn eu hunain. Defnyddir oedran, rhyw ac ardal i ddangos yr hyn a gafodd pob grŵp.",
  example: "Sut olwg sydd arnynt",
  no_projects: "Dewiswch y ffeil brosiectau",
  no_ballots: "Dewiswch y ffeil bapurau pleidleisio",
  link: "Mae mewn taenlen: dewch â dwy ffeil CSV",
} as const;

export const tablesWords = openMessages({ en, cy });
