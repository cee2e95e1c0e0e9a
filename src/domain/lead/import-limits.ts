/** Limits of a file of leads, all in one place. The first is checked on bytes, the rest while reading. */
export const IMPORT_LIMITS = {
  bytes: 20 * 1024 * 1024,
  rows: 100_000,
  /** Of a file, and values of a row: one with more, empty ones too, is left out. */
  columns: 200,
  /** Longest value of one of a lead's own fields, in characters. */
  fieldLength: 500,
  /** Longest value of a custom field, in characters. */
  customFieldLength: 5_000,
  /** Characters of a value as it stands in the file, within which it is read: blanks and debris around it are part of them. */
  valueLength: 20_000,
  /** Custom fields of a lead, and their bytes together as they are stored. With its own fields a lead has at most 64 kB. */
  customFields: 200,
  customFieldsBytes: 38 * 1024,
  /** Longest record; a quote that never closes would otherwise swallow the file. */
  recordLength: 1024 * 1024,
  /** Rows that an answer lists one by one; the counts always hold all of them, and an import keeps them all. */
  listedProblems: 200,
  /** Size of all listed rows together, as `rowSize` counts it. */
  listedSize: 1_000_000,
} as const
