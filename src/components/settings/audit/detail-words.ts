const LABELS: Readonly<Record<string, string>> = {
  from: 'from',
  to: 'to',
  role: 'as',
  reason: 'reason',
  status: 'to',
  choice: 'as',
  fileName: 'file',
  startAt: 'for',
  name: 'name',
  ids: 'number',
  confirmed: 'confirmed though suppressed',
  fields: 'changed:',
  companyName: 'company',
  postalAddress: 'postal address',
  defaultTimezone: 'time zone',
  maxAttempts: 'attempts',
  heldResolveAfterHours: 'held emails after hours',
  heldResolution: 'held emails',
  awayDays: 'days away',
  freshReadMinutes: 'minutes since reading',
  auditDays: 'days of this log',
  checklistDismissed: 'first steps hidden',
  enabled: 'switched on',
  type: 'of type',
  step: 'step',
  // Says itself what it is.
  kind: '',
  expected: 'number',
  group: 'only',
  outcome: 'only',
  searched: 'by a search',
  statuses: 'with status',
  inBatch: 'in batch',
  interest: 'as',
  undoes: 'undoes version',
}

/** Parts of a change of a campaign, as screens name them. */
const PARTS: Readonly<Record<string, string>> = {
  steps: 'sequence',
  takeOutLeadIds: 'leads taken out',
  putBackLeadIds: 'leads put back',
  addBatchIds: 'batches added',
  addMailboxIds: 'mailboxes added',
}
// What a change was made from is no change.
const isPart = (field: string) => field !== 'base'

/** "dailyLimit" as "daily limit". */
const plain = (field: string) => field.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

// Nobody was asked.
const isNothing = (key: string, value: string | number | boolean) => key === 'confirmed' && value === 0

const valueWords = (key: string, value: string | number | boolean) => {
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (key !== 'fields') return value
  return String(value)
    .split(', ')
    .filter(isPart)
    .map((field) => PARTS[field] ?? plain(field))
    .join(', ')
}

/** "from member, to viewer": what the log keeps of an act, in words. */
export const detailWords = (details: Readonly<Record<string, string | number | boolean>>): string =>
  Object.entries(details)
    .filter(([key, value]) => !isNothing(key, value))
    .map(([key, value]) => `${LABELS[key] ?? plain(key)} ${valueWords(key, value)}`.trim())
    .join(', ')
