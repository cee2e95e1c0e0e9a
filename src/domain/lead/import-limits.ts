/** Limits of a file of leads, all in one place. The first is checked on bytes, the rest while reading. */
export const IMPORT_LIMITS = {
  bytes: 20 * 1024 * 1024,
  rows: 100_000,
  columns: 200,
  /** Longest value of one of a lead's own fields, in characters. */
  fieldLength: 500,
  /** Longest value of a custom field, in characters. */
  customFieldLength: 5_000,
  /** Custom fields of a lead, and their bytes together as they are stored. With its own fields a lead has at most 64 kB. */
  customFields: 200,
  customFieldsBytes: 38 * 1024,
  /** Longest record; a quote that never closes would otherwise swallow the file. */
  recordLength: 1024 * 1024,
  /** Rows that are listed one by one; the counts always hold all of them. */
  listedProblems: 10_000,
  /** Characters of all listed rows together. */
  listedCharacters: 5_000_000,
} as const
