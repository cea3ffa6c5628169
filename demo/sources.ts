/** Where the demonstration's figures, places and themes come from. The first five are the texts that Onepot starts from. */
import type { DemoSource } from "./types.ts";

export const sources: readonly DemoSource[] = [
  { id: "publicnet-2011", title: "Headlines: July 1st, 2011", publisher: "Publicnet", date: "2011-07-01", seed: 0 },
  {
    id: "dclg-2011",
    title: "Community Budgets to be rolled out countrywide (press release, Local Government Association conference)",
    publisher: "Department for Communities and Local Government",
    date: "2011-06",
    seed: 1,
  },
  {
    id: "cypn-2012",
    title: "Analysis: Community budgets are 'catalyst for change'",
    publisher: "Children & Young People Now",
    date: "2012",
    seed: 2,
  },
  {
    id: "lgiu-2011",
    title: "Thoughts on the Community Budget pilots",
    publisher: "Local Government Information Unit",
    date: "2011-12-21",
    seed: 3,
  },
  {
    id: "lgiu-2012",
    title: "Taking Community Budgets Forward (Mark Upton)",
    publisher: "Local Government Information Unit",
    date: "2012",
    seed: 4,
  },
  {
    id: "hc163-2013",
    title: "Community Budgets, third report of session 2013-14, HC 163, chapter 1",
    publisher: "House of Commons Communities and Local Government Committee",
    date: "2013",
    seed: null,
  },
  {
    id: "cameron-2011",
    title: "Troubled families speech, 15 December 2011 (as quoted by akindoftrouble.wordpress.com, 2015)",
    publisher: "Prime Minister's Office",
    date: "2011-12-15",
    seed: null,
  },
  {
    id: "nao-2013",
    title:
      "Case study on integration: measuring the costs and benefits of Whole-Place Community Budgets, HC 1040 " +
      "(as reported by Public Finance, 13 March 2013)",
    publisher: "National Audit Office",
    date: "2013-03-13",
    seed: null,
  },
  {
    id: "csw-2013",
    title: "Report of the National Audit Office's case study, 14 March 2013",
    publisher: "Civil Service World",
    date: "2013-03-14",
    seed: null,
  },
  {
    id: "dclg-evidence-2013",
    title: "Written evidence to the Communities and Local Government Committee, CB 00",
    publisher: "Department for Communities and Local Government",
    date: "2013",
    seed: null,
  },
  {
    id: "lga-place-pilots",
    title: "Learning from 20 years of place pilots",
    publisher: "Local Government Association",
    date: "after 2013",
    seed: null,
  },
  {
    id: "ey-2013",
    title: "Whole Place Community Budgets: a review of the potential for aggregation",
    publisher: "EY for the Local Government Association",
    date: "2013-01",
    seed: null,
  },
  {
    id: "my-community",
    title: "Neighbourhood Community Budgets (mycommunity.org.uk)",
    publisher: "My Community",
    date: "after March 2013",
    seed: null,
  },
  {
    id: "tf-framework-2012",
    title:
      "The Troubled Families programme: financial framework, 28 March 2012 (as reported by localgov.co.uk and the Guardian)",
    publisher: "Department for Communities and Local Government",
    date: "2012-03-28",
    seed: null,
  },
  {
    id: "made-up-neighbourhood",
    title:
      "A real ward, opened as a neighbourhood for the demonstration (made up: the source texts name none in Salford)",
    publisher: "Onepot",
    date: "2013-03-29",
    seed: null,
  },
  {
    id: "worked-out",
    title: "Worked out from the figures named beside it",
    publisher: "Onepot",
    date: "2013-03-29",
    seed: null,
  },
];
