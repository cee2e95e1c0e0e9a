/** Parts of made-up companies and people. */
export const TRADES = [
  { industry: 'dental care', type: 'dentist', label: 'Dentist', words: ['Dental', 'Smile Clinic', 'Dental Practice'] },
  { industry: 'restaurants', type: 'restaurant', label: 'Restaurant', words: ['Kitchen', 'Bistro', 'Spice House'] },
  { industry: 'law practice', type: 'lawyer', label: 'Lawyer', words: ['Legal', 'Law Office', 'Attorneys'] },
  { industry: 'accounting', type: 'accounting', label: 'Accountant', words: ['Accounting', 'Tax Advice', 'Ledger'] },
  {
    industry: 'computer software',
    type: 'software_company',
    label: 'Software company',
    words: ['Software', 'Systems', 'Labs'],
  },
  {
    industry: 'construction',
    type: 'general_contractor',
    label: 'General contractor',
    words: ['Bau', 'Construction', 'Build'],
  },
  {
    industry: 'logistics & supply chain',
    type: 'moving_company',
    label: 'Moving company',
    words: ['Logistics', 'Transport', 'Freight'],
  },
  {
    industry: 'marketing & advertising',
    type: 'marketing_agency',
    label: 'Marketing agency',
    words: ['Media', 'Creative', 'Agency'],
  },
] as const

export const PLACES = [
  { city: 'Berlin', state: 'Berlin', country: 'Germany', code: 'DE', dial: '+49 30' },
  { city: 'Hamburg', state: 'Hamburg', country: 'Germany', code: 'DE', dial: '+49 40' },
  { city: 'Munich', state: 'Bavaria', country: 'Germany', code: 'DE', dial: '+49 89' },
  { city: 'London', state: 'England', country: 'United Kingdom', code: 'GB', dial: '+44 20' },
  { city: 'Manchester', state: 'England', country: 'United Kingdom', code: 'GB', dial: '+44 161' },
  { city: 'Austin', state: 'Texas', country: 'United States', code: 'US', dial: '+1 512' },
  { city: 'Chicago', state: 'Illinois', country: 'United States', code: 'US', dial: '+1 312' },
  { city: 'Amsterdam', state: 'North Holland', country: 'Netherlands', code: 'NL', dial: '+31 20' },
] as const

export const COMPANY_NAMES =
  'Alder Aspen Baltic Beacon Birch Bridge Cedar Clover Coral Crescent Dune Ember Falcon Fern Garnet Granite Harbour Hazel Iris Juniper Kestrel Lantern Linden Maple Meridian Nordlicht Oak Onyx Orchard Pioneer Quarry Raven Rowan Saffron Sequoia Silver Summit Tern Tidal Willow'.split(
    ' ',
  )

export const FIRST_NAMES =
  'Ada Amir Anna Ben Carla Chen Clara David Elena Emil Fatima Felix Greta Hanna Ines Ivan Jonas Julia Karim Lara Leo Lina Marco Maya Milan Nadia Noah Nora Oscar Paula Priya Rafael Rosa Sami Sofia Theo Tomas Vera Yara Zoe'.split(
    ' ',
  )

export const LAST_NAMES =
  'Abel Adler Bauer Becker Bell Berg Brandt Carter Castro Cohen Costa Diaz Dietrich Evans Fischer Fuchs Garcia Gruber Hansen Hart Hoffmann Hughes Ito Jansen Kaya Keller Klein Kovacs Lang Larsen Lopez Marsh Meyer Moreau Nagy Novak Okafor Patel Peters Quinn Reyes Roth Sato Schmidt Silva Stone Sutter Tanaka Vogel Wagner Walsh Winter Young Zeller'.split(
    ' ',
  )

export const ROLES = [
  { title: 'Founder & CEO', seniority: 'founder', hunter: 'executive', department: 'executive' },
  { title: 'Owner', seniority: 'owner', hunter: 'executive', department: 'executive' },
  { title: 'Managing Director', seniority: 'director', hunter: 'executive', department: 'management' },
  { title: 'Head of Sales', seniority: 'head', hunter: 'senior', department: 'sales' },
  { title: 'VP Marketing', seniority: 'vp', hunter: 'executive', department: 'marketing' },
  { title: 'Office Manager', seniority: 'manager', hunter: 'senior', department: 'operations' },
  { title: 'Finance Manager', seniority: 'manager', hunter: 'senior', department: 'finance' },
  { title: 'Sales Representative', seniority: 'entry', hunter: 'junior', department: 'sales' },
  { title: 'IT Administrator', seniority: 'senior', hunter: 'senior', department: 'it' },
] as const
