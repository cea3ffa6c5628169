/** A small sound file of each kind, made up, for the tests to read and to spoil. */
export const APPROVAL = `META
key;value
description;Vote in Ashdale
country;United Kingdom
unit;Ashdale
instance;2026
num_projects;4
num_votes;5
budget;1000.50
vote_type;approval
rule;greedy
date_begin;01.03.2026
date_end;31.03.2026
min_length;1
max_length;3
categories;green,roads
neighborhoods;North,South
language;en
currency;GBP
comment;#1: Made up.
PROJECTS
project_id;cost;votes;name;category;beneficiaries;selected;neighborhood;latitude;longitude
10;600;4;Pond;green;all;1;North;53.5;-2.3
2;400.25;3;"Path; north ""loop""";green,roads;"children,adults";1;South;;
007;300;2;Swings;;;0;;;
meta;999999999;1;Withdrawn;roads;;0;North;;
VOTES
voter_id;vote;age;sex
1;10,2;34;F
2;2,10;51;M
3;10,007,2;17;F
4;007,10;70;
5;meta;None;M
`;

export const CUMULATIVE = `META
key;value
description;Points in Ashdale
country;United Kingdom
unit;Ashdale
instance;2026
num_projects;2
num_votes;3
budget;100
vote_type;cumulative
rule;unknown
date_begin;2026
date_end;2026
min_points;0
max_points;8
min_sum_points;1
max_sum_points;10
PROJECTS
project_id;cost;votes;score
a;60;3;13.5
b;50;2;11
VOTES
voter_id;vote;points
1;a,b;4,6
2;b,a;5,2.5
3;a;7.0
`;

const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text with one line, counted from 1, changed. */
export function withLine(text: string, { line, to }: { readonly line: number; readonly to: string | null }): string {
  const lines = text.split("\n");
  if (to === null) lines.splice(line - 1, 1);
  else lines[line - 1] = to;
  return lines.join("\n");
}
