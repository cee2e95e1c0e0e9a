import { countryName } from '../lead/country'
import { firstNameOf, greetingName, spokenName } from '../lead/person-name'
import { foldLatin, normalised } from '../spelling'

/**
 * Values that templates may use about a lead, the sender and the campaign. Values are one-line strings, never blank.
 */
export type Variables = Record<string, string>

export type VariableGroup = 'lead' | 'sender' | 'campaign'

export type VariableInfo = {
  name: string
  label: string
  group: VariableGroup
  /** Shown in editors where no lead is at hand. */
  example: string
  /** Value for a lead that has none of its own. */
  fallback?: string
}

/** The fixed variables, in the order in which editors list them; custom fields of leads come on top. */
export const VARIABLES: readonly VariableInfo[] = [
  { name: 'company_name', label: 'Company', group: 'lead', example: 'Nordwind GmbH' },
  { name: 'contact_name', label: 'Contact', group: 'lead', example: 'Ada Winter', fallback: 'there' },
  { name: 'first_name', label: 'First name', group: 'lead', example: 'Ada', fallback: 'there' },
  { name: 'last_name', label: 'Last name', group: 'lead', example: 'Winter' },
  { name: 'job_title', label: 'Job title', group: 'lead', example: 'Head of Operations' },
  { name: 'email', label: 'Email', group: 'lead', example: 'ada@nordwind.example' },
  { name: 'phone', label: 'Phone', group: 'lead', example: '+49 30 1234567' },
  { name: 'industry', label: 'Industry', group: 'lead', example: 'Logistics' },
  { name: 'city', label: 'City', group: 'lead', example: 'Hamburg' },
  { name: 'country', label: 'Country', group: 'lead', example: 'Germany' },
  { name: 'website', label: 'Website', group: 'lead', example: 'nordwind.example' },
  { name: 'campaign_name', label: 'Campaign', group: 'campaign', example: 'Autumn outreach' },
  { name: 'sender_name', label: 'Sender name', group: 'sender', example: 'Sam Porter' },
  { name: 'sender_email', label: 'Sender email', group: 'sender', example: 'sam@example.com' },
  { name: 'sender_company', label: 'Sender company', group: 'sender', example: 'Porter & Co' },
  {
    name: 'unsubscribe_url',
    label: 'Unsubscribe link',
    group: 'campaign',
    example: 'https://example.com/u/preview',
  },
]

export const VARIABLE_NAMES: ReadonlySet<string> = new Set(VARIABLES.map((variable) => variable.name))

/** What stands for a variable without a value of its own. */
export const FALLBACKS: Readonly<Record<string, string>> = Object.fromEntries(
  VARIABLES.flatMap(({ name, fallback }) => (fallback ? [[name, fallback]] : [])),
)

/** True for a value that says nothing of the lead: nobody is called "there". */
export const isFallback = (name: string, value: string): boolean =>
  Object.hasOwn(FALLBACKS, name) && FALLBACKS[name] === value

/** Has a value in every email: by a fallback, by the data model, or because the product makes it. */
export const ALWAYS_FILLED: ReadonlySet<string> = new Set(['first_name', 'contact_name', 'email', 'unsubscribe_url'])

export type LeadFacts = {
  email: string
  companyName?: string | null
  contactName?: string | null
  firstName?: string | null
  lastName?: string | null
  jobTitle?: string | null
  phone?: string | null
  industry?: string | null
  city?: string | null
  country?: string | null
  website?: string | null
  /** A JSON object of label or key to value; anything else counts as empty. */
  customFields?: unknown
}

export type SenderFacts = { name: string; email: string; company?: string | null }
export type CampaignFacts = { name: string }

// A control character in a value could end a header line; a lone surrogate could break the encoder.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/** One line without control characters, so that it can stand in a header; blank runs become one space, Unicode one form. */
export const oneLine = (value: string) => (PLAIN.test(value) ? value : cleaned(value))

// Most values are so; imports of 100,000 rows check a million times.
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

const cleaned = (value: string) =>
  normalised(
    value
      .replace(CONTROL, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/\p{Surrogate}/gu, '\uFFFD'),
    'NFC',
  )

/**
 * The variable name of a custom field: "LinkedIn URL" is `linkedin_url`, "Größe" is `grosse`; letters of other scripts stay
 * as they are. `null` when nothing usable is left.
 */
export function customFieldKey(label: string): string | null {
  const known = KNOWN_KEYS.get(label)
  if (known !== undefined) return known
  const key = madeKey(label)
  if (KNOWN_KEYS.size < KNOWN_KEYS_LIMIT) KNOWN_KEYS.set(label, key)
  return key
}

// An import has the same few labels for each of its leads.
const KNOWN_KEYS = new Map<string, string | null>()
const KNOWN_KEYS_LIMIT = 2_000

function madeKey(label: string): string | null {
  const key = foldLatin(label)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^[_\p{M}]+/u, '')
    .replace(/^(?=\p{N})/u, 'field_')
  // Cut by letters: half of one would be none.
  const cut = [...key].slice(0, CUSTOM_KEY_LENGTH).join('').replace(/_+$/, '')
  return cut || null
}

/** Longest variable name of a custom field, in letters. */
const CUSTOM_KEY_LENGTH = 60

/** True for a name that `customFieldKey` could have made, and that no fixed variable has. */
export const isCustomFieldKey = (key: string): boolean => customFieldKey(key) === key && !VARIABLE_NAMES.has(key)

/**
 * Values of the lead itself, without fallbacks: blank values are absent. Fill rates count these. A custom field never
 * replaces a fixed variable.
 */
export function leadValues(lead: LeadFacts): Variables {
  const values: Variables = {}
  for (const [label, value] of Object.entries(customFieldsOf(lead))) {
    const key = customFieldKey(label)
    if (key && !VARIABLE_NAMES.has(key)) put(values, key, value)
  }
  put(values, 'company_name', lead.companyName)
  put(values, 'contact_name', lead.contactName && spokenName(oneLine(lead.contactName)).name)
  put(values, 'first_name', lead.firstName && greetingName(oneLine(lead.firstName)))
  put(values, 'last_name', lead.lastName)
  put(values, 'job_title', lead.jobTitle)
  put(values, 'email', lead.email)
  put(values, 'phone', lead.phone)
  put(values, 'industry', lead.industry)
  put(values, 'city', lead.city)
  // Stored as a code, shown as a name.
  put(values, 'country', lead.country ? countryName(lead.country) : null)
  put(values, 'website', lead.website)
  // A lone last name may become the contact, never the first name.
  const contact = values.contact_name === values.last_name ? null : values.contact_name
  if (!values.first_name && contact) put(values, 'first_name', firstNameOf(contact))
  const fullName = [values.first_name, values.last_name].filter(Boolean).join(' ')
  if (!values.contact_name && fullName) values.contact_name = fullName
  return values
}

/**
 * Everything a template may use for this email, as an own-property plain object. A blank value is absent, so that
 * strict rendering notices it; only `contact_name` and `first_name` fall back, to "there", which the engine uses where the
 * template itself says nothing.
 */
export function variablesOf(
  lead: LeadFacts,
  sender: SenderFacts,
  campaign: CampaignFacts,
  unsubscribeUrl?: string,
): Variables {
  const values = leadValues(lead)
  for (const [name, fallback] of Object.entries(FALLBACKS)) values[name] ??= fallback
  put(values, 'campaign_name', campaign.name)
  put(values, 'sender_name', sender.name)
  put(values, 'sender_email', sender.email)
  put(values, 'sender_company', sender.company)
  put(values, 'unsubscribe_url', unsubscribeUrl)
  return values
}

/** Keys of the custom fields that any of these leads has a value for, sorted. */
export function customFieldKeys(leads: Iterable<Pick<LeadFacts, 'customFields'>>): string[] {
  const keys = new Set<string>()
  for (const lead of leads) {
    for (const [label, value] of Object.entries(customFieldsOf(lead))) {
      const key = customFieldKey(label)
      if (key && !VARIABLE_NAMES.has(key) && textOf(value)) keys.add(key)
    }
  }
  return [...keys].sort()
}

const customFieldsOf = ({ customFields }: Pick<LeadFacts, 'customFields'>): Record<string, unknown> =>
  customFields !== null && typeof customFields === 'object' && !Array.isArray(customFields)
    ? (customFields as Record<string, unknown>)
    : {}

function put(values: Variables, name: string, value: unknown) {
  const text = textOf(value)
  if (text) values[name] = text
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return oneLine(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return ''
}
