import type { Company, Person } from './world'

/** Where an address was seen. */
const source = (domain: string) => ({
  domain,
  uri: `http://${domain}/about`,
  extracted_on: '2026-02-11',
  last_seen_on: '2026-06-02',
  still_on_page: true,
})

/** A company's shared address, as a domain search lists it. */
export const generic = ({ domain }: Company) => ({
  value: `info@${domain}`,
  type: 'generic',
  confidence: 88,
  sources: [source(domain)],
  first_name: null,
  last_name: null,
  position: null,
  position_raw: null,
  seniority: null,
  department: null,
  linkedin: null,
  twitter: null,
  phone_number: null,
  verification: { date: null, status: null },
})

/** A person, as a domain search lists them: most were never verified. */
export const listed = (person: Person) => ({
  value: person.email,
  type: 'personal',
  confidence: person.confidence,
  sources: [source(person.email.split('@')[1] ?? '')],
  first_name: person.firstName,
  last_name: person.lastName,
  position: person.role.title,
  position_raw: person.role.title,
  seniority: person.role.hunter,
  department: person.role.department,
  linkedin: `https://www.linkedin.com/in/sample-${person.id}`,
  twitter: null,
  phone_number: null,
  verification: person.verified ? { date: '2026-06-10', status: person.verdict } : { date: null, status: null },
})
