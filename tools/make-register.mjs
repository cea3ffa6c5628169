/**
 * Makes src/places/data/councils.csv and wards.csv from three published lists kept in one folder:
 *   uk_local_authorities.csv   mySociety, uk_local_authority_names_and_codes (CC BY 4.0)
 *   la_all_codes.csv           ONS Open Geography codes by way of drkane/geo-lookups (OGL v3)
 *   wards-seed-places.csv      the same, only the councils named in the demonstration (OGL v3)
 * Use: node tools/make-register.mjs FOLDER. The result is committed; nothing here runs at start or in tests.
 * What is changed from the lists is written in docs/data/NOTICES.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

const WELSH_NAMES = {
  W06000001: "Ynys Môn",
  W06000002: "Gwynedd",
  W06000003: "Conwy",
  W06000004: "Sir Ddinbych",
  W06000005: "Sir y Fflint",
  W06000006: "Wrecsam",
  W06000008: "Ceredigion",
  W06000009: "Sir Benfro",
  W06000010: "Sir Gaerfyrddin",
  W06000011: "Abertawe",
  W06000012: "Castell-nedd Port Talbot",
  W06000013: "Pen-y-bont ar Ogwr",
  W06000014: "Bro Morgannwg",
  W06000015: "Caerdydd",
  W06000016: "Rhondda Cynon Taf",
  W06000018: "Caerffili",
  W06000019: "Blaenau Gwent",
  W06000020: "Torfaen",
  W06000021: "Sir Fynwy",
  W06000022: "Casnewydd",
  W06000023: "Powys",
  W06000024: "Merthyr Tudful",
  E06000023: "Bryste",
  E06000050: "Gorllewin Swydd Gaer a Chaer",
  E06000052: "Cernyw",
  E07000043: "Gogledd Dyfnaint",
  E07000178: "Rhydychen",
  E08000003: "Manceinion",
  E08000012: "Lerpwl",
  E09000033: "San Steffan",
  E10000008: "Dyfnaint",
  E47000001: "Manceinion Fwyaf",
  E61000001: "Llundain Fwyaf",
};

const KINDS = {
  CC: "city corporation",
  COMB: "combined authority",
  CTY: "county",
  LBO: "london borough",
  MD: "metropolitan district",
  NID: "northern ireland district",
  NMD: "district",
  SCO: "scottish council",
  SRA: "strategic authority",
  UA: "unitary",
  WPA: "welsh council",
};

/** The one council whose region the list leaves out. */
const REGIONS_LEFT_OUT = { E10000002: "South East" };

/** The list's few UTF-8 bytes read as something else and written again; a space that was a no-break space. */
function repair(text) {
  return text
    .replaceAll("Mï¿½n", "Môn")
    .replaceAll("ï¾\u00a0", " ")
    .replaceAll("\u00a0", " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** An end date in the list is sometimes the last day and sometimes the day after (1 April): the last day, always. */
function lastDay(text) {
  return text.endsWith("-04-01") ? `${text.slice(0, 4)}-03-31` : text;
}

function read(folder, name) {
  return parse(readFileSync(join(folder, name), "utf8"), { columns: true, bom: true, skip_empty_lines: true });
}

/** The rows under their columns' names. A cell with a comma, a quotation mark or the end of a line in it is quoted. */
function write(file, rows) {
  const cell = (text = "") => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
  writeFileSync(file, lines.map((cells) => `${cells.map(cell).join(",")}\n`).join(""));
}

function makeCouncils(folder) {
  const list = read(folder, "uk_local_authorities.csv");
  const ons = read(folder, "la_all_codes.csv");
  const byCode = new Map(list.map((row) => [row["local-authority-code"], row]));
  return list
    .map((row) => {
      const gss = row["gss-code"];
      const county = byCode.get(row["county-la"]);
      const combined = byCode.get(row["combined-authority"]);
      return {
        gss_code: gss,
        local_authority_code: row["local-authority-code"],
        slug: repair(row["gov-uk-slug"]),
        name: repair(row["nice-name"]),
        official_name: repair(row["official-name"]),
        welsh_name: WELSH_NAMES[gss] ?? "",
        kind: KINDS[row["local-authority-type"]],
        nation: row.nation,
        region: repair(row.region) || REGIONS_LEFT_OUT[gss] || "",
        county_gss: county?.["gss-code"] ?? "",
        combined_authority_gss: combined?.["gss-code"] ?? "",
        combined_authority_name: combined ? repair(combined["nice-name"]) : "",
        start_date: row["start-date"],
        end_date: lastDay(row["end-date"]),
        replaced_by: replacements(row["replaced-by"], byCode),
        other_gss_codes: otherCodes(row, ons).join(" "),
      };
    })
    .sort((a, b) => compare(a.gss_code || "~", b.gss_code || "~") || compare(a.name, b.name));
}

/** Codes that the same council has had or will have: a change of boundary gives a new one. */
function otherCodes(row, ons) {
  const gss = row["gss-code"];
  const same = ons.filter(
    (line) => line.LADNM === line.LADNM_ACTIVE && (line.LADCD === gss || line.LADCD_ACTIVE === gss),
  );
  const codes = same.flatMap((line) => [line.LADCD, line.LADCD_ACTIVE]);
  const listed = row["former-gss-codes"].split(",");
  return [...new Set([...listed, ...codes])].filter((code) => code !== "" && code !== gss).sort();
}

function replacements(codes, byCode) {
  if (codes === "") return "";
  return codes
    .split(",")
    .map((code) => byCode.get(code.trim())?.["gss-code"] ?? "")
    .join(" ");
}

/** A slug is unique: an abolished council that shares one with its successor gives its last year. */
function makeSlugsUnique(rows) {
  const taken = new Set();
  const standing = [...rows].sort((a, b) => compare(a.end_date && "ended", b.end_date && "ended"));
  for (const row of standing) {
    row.slug ||= row.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    if (taken.has(row.slug))
      row.slug = `${row.slug}-${row.end_date ? `to-${row.end_date.slice(0, 4)}` : slugOf(row.kind)}`;
    if (taken.has(row.slug)) throw new Error(`two councils are called ${row.slug}`);
    taken.add(row.slug);
  }
}

function slugOf(text) {
  return text.replaceAll(" ", "-");
}

function makeWards(folder) {
  return read(folder, "wards-seed-places.csv")
    .map((row) => ({
      ward_code: row.WDCD,
      name: repair(row.WDNM),
      council_gss: row.LADCD,
      council_name: repair(row.LADNM),
      list_year: row.SOURCEFILE,
    }))
    .sort((a, b) => compare(a.ward_code, b.ward_code));
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

const folder = process.argv[2];
if (!folder) {
  process.stderr.write("Use: node tools/make-register.mjs FOLDER (holding the three published lists)\n");
  process.exit(2);
}
const councils = makeCouncils(folder);
makeSlugsUnique(councils);
const target = join(import.meta.dirname, "..", "src", "places", "data");
write(join(target, "councils.csv"), councils);
write(join(target, "wards.csv"), makeWards(folder));
