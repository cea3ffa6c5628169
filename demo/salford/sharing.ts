/**
 * The information-sharing agreement of Salford's families work in the demonstration, made up, in the law of its day: the Crime and Disorder
 * Act 1998, the Children Act 2004, the Welfare Reform Act 2012 with its regulations (SI 2012/1483, in force from 2 July 2012), and the
 * schedules of the Data Protection Act 1998. What a "privacy impact assessment" is, the Information Commissioner's handbook of 2007 says.
 */
import type { DemoAgreement } from "../types.ts";

export const familiesAgreement: DemoAgreement = {
  placeSlug: "greater-manchester",
  preparedBy: "governance",
  title: {
    en: "Salford families: finding and supporting families",
    cy: "Teuluoedd Salford: dod o hyd i deuluoedd a'u cefnogi",
  },
  purposes: ["find_families", "support_family"],
  gateway:
    "Crime and Disorder Act 1998, section 115; Children Act 2004, section 10; for the jobcentre's records Welfare Reform Act 2012, section 131 (SI 2012/1483)",
  basis:
    "Data Protection Act 1998, schedule 2, paragraph 5: functions under an enactment, and of a public nature in the public interest",
  specialBasis: "Data Protection Act 1998, schedule 3, paragraph 7: functions under an enactment",
  crimeBasis: "Data Protection Act 1998, section 2: offences are sensitive personal data, schedule 3 as above",
  keepDays: 90,
  startsOn: "2012-07-02",
  reviewOn: "2013-07-01",
  endsOn: "2015-03-31",
  assessment: "Privacy impact assessment, Salford families (made up)",
  assessedOn: "2012-05-14",
  privacyNotice: "https://www.onepot.example/salford-families-privacy",
  parties: [
    { partnerId: "police", does: "sends", signedBy: "police-partner", paperOn: "2012-06-08" },
    { partnerId: "weirside", does: "sends", signedBy: "governance", paperOn: "2012-06-11" },
    { partnerId: "hospital", does: "sends health data", signedBy: "governance", paperOn: "2012-06-18" },
    { partnerId: "court", does: "sends", signedBy: "governance", paperOn: "2012-06-13" },
    { partnerId: "salford", does: "both", signedBy: "governance", paperOn: "2012-06-25" },
    { partnerId: "jobcentre", does: "both", signedBy: "governance", paperOn: "2012-06-21" },
    { partnerId: "irwell", does: "receives", signedBy: "governance", paperOn: "2012-06-07" },
  ],
  paperAt: "Legal services, file ISA 7 (made up)",
};
