import { createHash } from 'node:crypto'
import { COMPANY_NAMES, FIRST_NAMES, LAST_NAMES, PLACES, ROLES, TRADES } from './names'

export type Company = {
  /** Names of the same company at Apollo and at Google. */
  id: string
  placeId: string
  name: string
  /** Under .example, which never exists: no email to it can reach anybody. */
  domain: string
  /** The address at Google: its own site, a page on a social network, or none. */
  website: string | null
  open: boolean
  trade: (typeof TRADES)[number]
  place: (typeof PLACES)[number]
  phone: string
  employees: number
  rating: number
  people: Person[]
}

export type Person = {
  id: string
  firstName: string
  lastName: string
  role: (typeof ROLES)[number]
  email: string
  /** Apollo's state of the address. */
  atApollo: 'verified' | 'unverified' | 'not unlocked' | 'missing' | 'none'
  /** True when Hunter lists it; its confidence, and the result of a verification. */
  atHunter: boolean
  confidence: number
  verified: boolean
  verdict: 'valid' | 'accept_all' | 'invalid'
  /** When a verification has its result: at once, at the second request, or never, as the other mail server fails. */
  verifiable: 'at once' | 'later' | 'never'
}

export type World = Company[]

const SIZES = [4, 9, 25, 40, 120, 320, 800, 2500, 8000, 15000]

/** Made-up companies and their people, always the same for a seed; all sources know them, each a part of them. */
export function createWorld({ seed = 'sample', companies = 640 } = {}): World {
  return Array.from({ length: companies }, (_, i) => createCompany(`${seed}/${i}`, i))
}

function createCompany(key: string, index: number): Company {
  const draw = drawer(key)
  const trade = TRADES[index % TRADES.length] as Company['trade']
  const place = PLACES[Math.floor(index / TRADES.length) % PLACES.length] as Company['place']
  const round = Math.floor(index / (TRADES.length * PLACES.length))
  const name = `${COMPANY_NAMES[(index * 7 + round) % COMPANY_NAMES.length]} ${pick(draw, trade.words)}${round > 3 ? ` ${place.city}` : ''}`
  const slug = `${name.toLowerCase().replace(/[^a-z]+/g, '-')}-${index}`
  const domain = `${slug}.example`
  const site = draw()
  return {
    id: hex(`${key}/company`),
    placeId: `ChIJ${createHash('sha256').update(`${key}/place`).digest('base64url').slice(0, 23)}`,
    name,
    domain,
    website: site < 0.08 ? null : site < 0.16 ? `https://www.facebook.com/${slug}` : `https://www.${domain}/`,
    open: draw() > 0.05,
    trade,
    place,
    phone: `${place.dial} ${String(Math.floor(draw() * 9_000_000) + 1_000_000)}`,
    employees: pick(draw, SIZES),
    rating: 1 + Math.round(draw() * 40) / 10,
    people: Array.from({ length: 3 + Math.floor(draw() * 4) }, (_, i) => createPerson(`${key}/${i}`, domain, i)),
  }
}

function createPerson(key: string, domain: string, index: number): Person {
  const draw = drawer(key)
  const firstName = pick(draw, FIRST_NAMES)
  const lastName = pick(draw, LAST_NAMES)
  const apollo = draw()
  const confidence = 40 + Math.floor(draw() * 60)
  const verdict = draw()
  const verifiable = draw()
  return {
    id: hex(key),
    firstName,
    lastName,
    role: ROLES[(index * 2 + Math.floor(draw() * 2)) % ROLES.length] as Person['role'],
    email: `${firstName}.${lastName}${index}@${domain}`.toLowerCase(),
    atApollo:
      apollo < 0.6
        ? 'verified'
        : apollo < 0.75
          ? 'unverified'
          : apollo < 0.8
            ? 'not unlocked'
            : apollo < 0.84
              ? 'missing'
              : 'none',
    atHunter: draw() < 0.8,
    confidence,
    verified: confidence > 75 && draw() < 0.7,
    verifiable: verifiable < 0.85 ? 'at once' : verifiable < 0.95 ? 'later' : 'never',
    verdict: verdict < 0.7 ? 'valid' : verdict < 0.9 ? 'accept_all' : 'invalid',
  }
}

const hex = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 24)

const pick = <T>(draw: () => number, values: readonly T[]): T => values[Math.floor(draw() * values.length)] as T

/** Numbers from 0 to 1, the same for a key: mulberry32 over its hash. */
function drawer(key: string): () => number {
  let state = createHash('sha256').update(key).digest().readUInt32LE()
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
