/** The columns of a list that can be chosen: all but the one that says what a row is, and that of its menu. */
export type ListColumns = {
  /** Under which name a browser keeps what was chosen last. */
  name: string
  /** What each is called, by its key, in their order. */
  labels: Readonly<Record<string, string>>
  /** Those that it shows unless asked otherwise. */
  standard: readonly string[]
  /** Its rows are leads, whose custom fields can be columns too. */
  customFields?: boolean
}

/** Custom fields that a list shows at once, at the most. */
export const CUSTOM_COLUMNS_AT_MOST = 20

const CUSTOM = 'custom:'
const NONE = 'none'

export const customColumn = (name: string) => `${CUSTOM}${name}`

/** The custom fields among columns: "custom:Budget" is "Budget". */
export const customFieldsOf = (columns: readonly string[]): string[] =>
  columns
    .filter((key) => key.startsWith(CUSTOM))
    .map((key) => key.slice(CUSTOM.length))
    .slice(0, CUSTOM_COLUMNS_AT_MOST)

/** Columns as an address and a browser keep them; no column is a choice, too. */
export const columnsText = (columns: readonly string[]): string => columns.join(',') || NONE

/** The columns that a text names; without one, the standard ones. */
export const columnsOf = ({ standard }: ListColumns, text: string | null): readonly string[] =>
  text === null ? standard : text.split(',').filter((key) => key !== '' && key !== NONE)

/** Of a table's columns those that are chosen, and those that are no choice. */
export const shownColumns = <Column extends { key: string }>(
  { labels }: ListColumns,
  columns: readonly Column[],
  chosen: readonly string[],
): Column[] => columns.filter(({ key }) => !Object.hasOwn(labels, key) || chosen.includes(key))
