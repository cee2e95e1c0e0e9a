import { customFieldKey, VARIABLE_NAMES } from '../message/variables'
import { normaliseEmail } from './email'
import { FIELD_LABELS, LEAD_FIELDS, type LeadField } from './fields'

/** Where a column's values go: one of the lead's fields, a custom field by its key, or nowhere. */
export type ColumnTarget = LeadField | `custom:${string}` | 'ignore'

/** A column of a file: what the header calls it, and up to three different values of it. */
export type CsvColumn = { name: string; samples: readonly string[] }

export type MappedColumn = CsvColumn & { target: ColumnTarget }

/**
 * Headers of Apollo, HubSpot, LinkedIn, Sales Navigator through PhantomBuster, and of common hand-made lists in English,
 * German, French and Spanish, folded as `foldHeader` does. The first spelling found is the one that is taken.
 */
const ALIASES: Record<LeadField, readonly string[]> = {
  email: [
    'email',
    'emailaddress',
    'workemail',
    'businessemail',
    'primaryemail',
    'contactemail',
    'professionalemail',
    'mail',
    'emailadresse',
    'mailadresse',
    'adresseemail',
    'courriel',
    'correo',
    'correoelectronico',
    'emailwork',
    'email1',
  ],
  companyName: [
    'companyname',
    'company',
    'associatedcompany',
    'companynameforemails',
    'organization',
    'organisation',
    'organizationname',
    'organisationname',
    'account',
    'accountname',
    'business',
    'businessname',
    'firma',
    'unternehmen',
    'firmenname',
    'entreprise',
    'societe',
    'empresa',
  ],
  contactName: [
    'contactname',
    'fullname',
    'name',
    'contact',
    'contactperson',
    'person',
    'ansprechpartner',
    'kontakt',
    'nomcomplet',
    'nombrecompleto',
  ],
  firstName: ['firstname', 'givenname', 'forename', 'vorname', 'prenom', 'nombre'],
  lastName: ['lastname', 'surname', 'familyname', 'nachname', 'nomdefamille', 'apellido', 'apellidos'],
  jobTitle: ['jobtitle', 'title', 'position', 'role', 'jobposition', 'funktion', 'stelle', 'poste', 'cargo', 'puesto'],
  phone: [
    'workdirectphone',
    'mobilephone',
    'corporatephone',
    'companyphone',
    'phone',
    'phonenumber',
    'telephone',
    'telephonenumber',
    'mobile',
    'mobilephonenumber',
    'cell',
    'tel',
    'telefon',
    'telefonnummer',
    'mobil',
    'telefono',
  ],
  website: [
    'website',
    'websiteurl',
    'companywebsite',
    'companyurl',
    'web',
    'homepage',
    'domain',
    'companydomain',
    'companydomainname',
    'webseite',
    'siteweb',
    'sitioweb',
  ],
  industry: ['industry', 'companyindustry', 'sector', 'branche', 'secteur', 'industria'],
  city: ['city', 'companycity', 'town', 'stadt', 'ort', 'ville', 'ciudad'],
  country: ['country', 'countryregion', 'companycountry', 'countrycode', 'land', 'pays', 'pais'],
  linkedinUrl: [
    'linkedinurl',
    'personlinkedinurl',
    'linkedin',
    'linkedinprofileurl',
    'linkedinprofile',
    'profileurl',
    'defaultprofileurl',
  ],
}

/** Several columns may fill these: the first that has a value in a row wins, in the order of the columns. */
const WITH_FALLBACKS: ReadonlySet<LeadField> = new Set(['companyName', 'phone', 'city', 'country', 'linkedinUrl'])

/** Columns of those exports that mean nothing outside of them. */
const NOISE: ReadonlySet<string> = new Set([
  'recordid',
  'contactid',
  'apollocontactid',
  'apolloaccountid',
  'companyid',
  'vmid',
  'query',
  'timestamp',
  'error',
  'imgurl',
  'profileimageurl',
  'picture',
  'issharedconnections',
  'sharedconnectionscount',
  'connectedon',
  'refresh',
  'emailopen',
  'emailsent',
  'emailbounced',
  'replied',
  'demoed',
  'donotcall',
])

/** "E-Mail Address", "email_address" and "EmailAddress" are one header. */
export const foldHeader = (header: string) =>
  header
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** True for a header that names the column of addresses; the line with one is the header line. */
export const isEmailHeader = (header: string) => ALIASES.email.includes(foldHeader(header))

/**
 * Guesses where each column goes: by its header, and for addresses by its values where no header names them. An unknown
 * column becomes a custom field under its own name, or is ignored where that name is empty or taken.
 */
export function guessTargets(columns: readonly CsvColumn[]): ColumnTarget[] {
  const folded = columns.map(foldColumn)
  const targets = new Array<ColumnTarget | undefined>(columns.length)
  for (const field of LEAD_FIELDS) {
    for (const alias of ALIASES[field]) {
      const index = folded.findIndex((header, i) => header === alias && targets[i] === undefined)
      if (index === -1) continue
      targets[index] = field
      if (!WITH_FALLBACKS.has(field)) break
    }
  }
  if (!targets.includes('email')) {
    const index = columns.findIndex((column, i) => targets[i] === undefined && looksLikeAddresses(column))
    if (index !== -1) targets[index] = 'email'
  }
  return columns.map((column, i) => targets[i] ?? customTarget(column, folded[i] ?? ''))
}

// Exports call a LinkedIn page "URL" or "companyUrl", which elsewhere name the website: the values decide.
function foldColumn({ name, samples }: CsvColumn): string {
  const header = foldHeader(name)
  const onLinkedIn = samples.some((sample) => /linkedin\.com\//i.test(sample))
  if (header === 'url') return onLinkedIn ? 'linkedinprofileurl' : 'websiteurl'
  return onLinkedIn && ALIASES.website.includes(header) ? '' : header
}

const looksLikeAddresses = ({ samples }: CsvColumn) =>
  samples.length > 0 && samples.every((sample) => normaliseEmail(sample).ok)

function customTarget(column: CsvColumn, folded: string): ColumnTarget {
  const key = NOISE.has(folded) ? null : customFieldKey(column.name)
  // A custom field never replaces a fixed variable, so one of that name could never be used.
  return key && !VARIABLE_NAMES.has(key) ? `custom:${key}` : 'ignore'
}

/** True for a target that can be stored: a field, `ignore`, or `custom:` with a key that templates can name. */
export function isColumnTarget(target: string): target is ColumnTarget {
  if (target === 'ignore' || (LEAD_FIELDS as readonly string[]).includes(target)) return true
  const key = /^custom:([a-z][a-z0-9_]{0,59})$/.exec(target)?.[1]
  return key !== undefined && !VARIABLE_NAMES.has(key)
}

/** A target in words: "Company", "Custom field deal_size", "Ignored". */
export const targetLabel = (target: ColumnTarget) =>
  target === 'ignore'
    ? 'Ignored'
    : target.startsWith('custom:')
      ? `Custom field ${target.slice(7)}`
      : FIELD_LABELS[target as LeadField]
