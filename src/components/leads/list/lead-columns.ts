/** Columns that a list of leads can show beside the lead itself, in their order, with those that it shows unless asked otherwise. */
export const LEAD_COLUMNS = {
  company: 'Company',
  place: 'Place',
  status: 'Status',
  source: 'Source',
  sent: 'Emails',
  last: 'Last email',
  created: 'Added',
} as const

export const STANDARD_COLUMNS: readonly string[] = ['company', 'place', 'status', 'sent', 'last', 'created']

/** Custom fields that a list shows at once, at the most. */
export const CUSTOM_COLUMNS_AT_MOST = 20

const CUSTOM = 'custom:'

export const customColumn = (name: string) => `${CUSTOM}${name}`

/** The custom fields among columns: "custom:Budget" is "Budget". */
export const customFieldsOf = (columns: readonly string[]): string[] =>
  columns
    .filter((key) => key.startsWith(CUSTOM))
    .map((key) => key.slice(CUSTOM.length))
    .slice(0, CUSTOM_COLUMNS_AT_MOST)
