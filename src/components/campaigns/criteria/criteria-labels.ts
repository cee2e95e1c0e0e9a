import type {
  APOLLO_SENIORITIES,
  COMPANY_SIZES,
  HUNTER_DEPARTMENTS,
  HUNTER_SENIORITIES,
} from '@/domain/lead-generation/criteria'

type Labels<Values extends readonly string[]> = Record<Values[number], string>

export const APOLLO_SENIORITY_LABELS: Labels<typeof APOLLO_SENIORITIES> = {
  owner: 'Owner',
  founder: 'Founder',
  c_suite: 'C-level',
  partner: 'Partner',
  vp: 'Vice president',
  head: 'Head',
  director: 'Director',
  manager: 'Manager',
  senior: 'Senior',
  entry: 'Entry level',
  intern: 'Intern',
}

export const COMPANY_SIZE_LABELS: Labels<typeof COMPANY_SIZES> = {
  '1-10': '1–10',
  '11-50': '11–50',
  '51-200': '51–200',
  '201-500': '201–500',
  '501-1000': '501–1,000',
  '1001-5000': '1,001–5,000',
  '5001-10000': '5,001–10,000',
  '10001+': 'over 10,000',
}

export const HUNTER_DEPARTMENT_LABELS: Labels<typeof HUNTER_DEPARTMENTS> = {
  executive: 'Executive',
  it: 'IT',
  finance: 'Finance',
  management: 'Management',
  sales: 'Sales',
  legal: 'Legal',
  support: 'Support',
  hr: 'Human resources',
  marketing: 'Marketing',
  communication: 'Communication',
  education: 'Education',
  design: 'Design',
  health: 'Health',
  operations: 'Operations',
}

export const HUNTER_SENIORITY_LABELS: Labels<typeof HUNTER_SENIORITIES> = {
  junior: 'Junior',
  senior: 'Senior',
  executive: 'Executive',
}

/** The values of a vendor's list with their words, in its order. */
export const optionsOf = <Value extends string>(labels: Record<Value, string>) =>
  (Object.keys(labels) as Value[]).map((value) => ({ value, label: labels[value] }))
