/** Tables in and out: any CSV or XLSX upload as a stream of rows, and exports that no spreadsheet runs. */
export type { TableLimits } from "./limits.ts";
export { explainTableRefusal, type TableMessages } from "./messages.ts";
export { neutralText, plainText } from "./neutral-text.ts";
export { readTable, type Table, type TableRequest } from "./read-table.ts";
export { readText, readXml } from "./read-text.ts";
export { isZipFault, openZip, type ReadZip } from "./read-zip.ts";
export type { FileLook, TableRefusal, TableRefusalCode } from "./refusals.ts";
export type { TableRow } from "./rows.ts";
export type { TableInput } from "./source.ts";
export { type CellValue, type Column, type ColumnType, type WrittenRows, writeCsv } from "./write-csv.ts";
export { writeXlsx, type XlsxRequest } from "./write-xlsx.ts";
export { writeZip, type ZipPart } from "./write-zip.ts";
export { attribute, type XmlVisitor } from "./xml-events.ts";
